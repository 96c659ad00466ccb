package dev.caravan.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** Fills the parameters of a statement from left to right. */
final class Params {

    private final PreparedStatement statement;
    private int last;

    Params(PreparedStatement statement) {
        this.statement = statement;
    }

    /** PostgreSQL has no NUL in text; its visible symbol stands for it in every database alike. */
    Params text(String value) throws SQLException {
        statement.setString(++last, stored(value));
        return this;
    }

    /** A text as the database gives it back. */
    static String stored(String value) {
        return value != null && value.indexOf('\0') >= 0 ? value.replace('\0', '␀') : value;
    }

    Params number(int value) throws SQLException {
        statement.setInt(++last, value);
        return this;
    }

    Params number(long value) throws SQLException {
        statement.setLong(++last, value);
        return this;
    }

    Params code(Coded value) throws SQLException {
        return number(value.code());
    }

    Params bytes(byte[] value) throws SQLException {
        statement.setBytes(++last, value);
        return this;
    }

    Params noInteger() throws SQLException {
        statement.setNull(++last, Types.INTEGER);
        return this;
    }

    Params noLong() throws SQLException {
        statement.setNull(++last, Types.BIGINT);
        return this;
    }
}
