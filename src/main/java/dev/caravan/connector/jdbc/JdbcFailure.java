package dev.caravan.connector.jdbc;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a database meant by an error, by its SQLSTATE (ISO 9075-2, subclause 24.1). Its text is never used: it may quote
 * values of a row.
 */
final class JdbcFailure {

    /** Classes: connection, resources, operator, system, transaction rolled back, locked. */
    private static final Set<String> ENVIRONMENT = Set.of("08", "53", "57", "58", "40", "55");
    /** Classes: data, constraints. */
    private static final Set<String> OF_A_ROW = Set.of("22", "23");
    /** Login; no such database. */
    private static final Set<String> LOGIN = Set.of("28", "3D");

    /** @see <a href="https://www.sqlite.org/rescode.html">SQLite: TOOBIG, CONSTRAINT, MISMATCH</a> */
    private static final Set<Integer> SQLITE_ROW = Set.of(18, 19, 20);
    /** SQLite: BUSY, LOCKED, NOMEM, IOERR, FULL, CANTOPEN. */
    private static final Set<Integer> SQLITE_ENVIRONMENT = Set.of(5, 6, 7, 10, 13, 14);

    private static final int SQLITE_PRIMARY = 0xff;

    /** PostgreSQL: the row is there after all; row-level security; a view. */
    private static final Set<String> OF_COPY = Set.of("23505", "0A000", "42809");

    private JdbcFailure() {}

    /** The row itself is what the database will not take. */
    static boolean isOfARow(SQLException failure) {
        var real = real(failure);
        return real instanceof SQLIntegrityConstraintViolationException
                || real instanceof SQLDataException
                || real.getSQLState() != null && OF_A_ROW.contains(group(real))
                || sqlite(real).filter(SQLITE_ROW::contains).isPresent();
    }

    /** What COPY cannot do, and INSERT perhaps can. */
    static boolean isOfCopy(SQLException failure) {
        var state = real(failure).getSQLState();
        return state != null && OF_COPY.contains(state);
    }

    /** A foreign key or another constraint. */
    static boolean isConstraint(SQLException failure) {
        var real = real(failure);
        return real.getSQLState() != null && "23".equals(group(real))
                || real instanceof SQLIntegrityConstraintViolationException
                || sqlite(real).filter(code -> code == 19).isPresent();
    }

    /** Later it may go through. */
    static boolean isEnvironment(SQLException failure) {
        var real = real(failure);
        return real.getSQLState() == null && sqlite(real).isEmpty()
                || real.getSQLState() != null && ENVIRONMENT.contains(group(real))
                || sqlite(real).filter(SQLITE_ENVIRONMENT::contains).isPresent();
    }

    /** The connection will never work again. */
    static boolean isLost(SQLException failure) {
        var state = real(failure).getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57"));
    }

    static boolean isLogin(SQLException failure) {
        var real = real(failure);
        return real.getSQLState() != null && LOGIN.contains(group(real));
    }

    /** What identifies the error, for people. */
    static String state(SQLException failure) {
        var real = real(failure);
        return real.getSQLState() == null ? "error " + real.getErrorCode() : "SQLSTATE " + real.getSQLState();
    }

    private static String group(SQLException failure) {
        var state = failure.getSQLState();
        return state.length() < 2 ? state : state.substring(0, 2);
    }

    private static Optional<Integer> sqlite(SQLException failure) {
        return failure.getSQLState() == null && failure.getErrorCode() != 0
                ? Optional.of(failure.getErrorCode() & SQLITE_PRIMARY)
                : Optional.empty();
    }

    /** The one behind it that says what it was. */
    private static SQLException real(SQLException failure) {
        var seen = new HashSet<Throwable>();
        for (Throwable one = failure; one != null && seen.add(one); one = behind(one)) {
            if (one instanceof SQLException sql && (sql.getSQLState() != null || sql.getErrorCode() != 0)) {
                return sql;
            }
        }
        return failure;
    }

    private static Throwable behind(Throwable one) {
        return one instanceof SQLException sql && sql.getNextException() != null
                ? sql.getNextException()
                : one.getCause();
    }
}
