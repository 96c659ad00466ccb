package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.caravan.model.Problem;

/** The tables of the database, each looked at once. Thread-safe. */
final class Tables {

    private static final String SCRIPT = "tables.sql";

    private final Dialect dialect;
    private final String schema;
    private final Map<String, Table> known = new ConcurrentHashMap<>();
    private final Set<String> notCopied = ConcurrentHashMap.newKeySet();

    /** @param schema null for the database's default */
    Tables(Dialect dialect, String schema) {
        this.dialect = dialect;
        this.schema = schema;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Whether new rows of the table may be copied instead of inserted. */
    boolean copies(Table table) {
        return dialect == Dialect.POSTGRESQL && !notCopied.contains(table.name());
    }

    /** Of a table that takes no copies, or where others write what was thought to be new. */
    void copyNoMore(Table table) {
        notCopied.add(table.name());
    }

    /**
     * Runs the operator's script; it makes what is not there and leaves alone what is.
     *
     * @param folder that holds {@code tables.sql}
     */
    void create(Connection connection, Path folder) throws SQLException {
        var statements = script(folder);
        try (var statement = connection.createStatement()) {
            if (schema != null && dialect == Dialect.POSTGRESQL) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + quote(connection.getMetaData(), schema));
            }
            if (schema != null) {
                connection.setSchema(schema);
            }
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (JdbcFailure.isEnvironment(e)) {
                throw e;
            }
            throw new Problem(e, "CRV-468", folder.resolve(SCRIPT), JdbcFailure.state(e));
        }
    }

    private static List<String> script(Path folder) {
        var file = folder.resolve(SCRIPT);
        try {
            var lines = Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("--"))
                    .toList();
            return Arrays.stream(String.join("\n", lines).split(";"))
                    .map(String::strip)
                    .filter(sql -> !sql.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new Problem(e, "CRV-505", file, e.getClass().getSimpleName());
        }
    }

    /** @throws Problem CRV-463 when it is not there, with what would make it */
    Table get(Connection connection, String name, Path folder) throws SQLException {
        return find(connection, name).orElseThrow(() -> new Problem("CRV-463", name, creating(name, folder)));
    }

    private static String creating(String name, Path folder) {
        return script(folder).stream()
                .filter(sql -> sql.matches("(?is)CREATE TABLE (IF NOT EXISTS )?\"?" + name + "\"?\\s*\\(.*"))
                .map(sql -> sql.replaceAll("\\s+", " "))
                .findFirst()
                .orElse("CREATE TABLE " + name + " (...)");
    }

    Optional<Table> find(Connection connection, String name) throws SQLException {
        var table = known.get(name);
        if (table == null) {
            table = load(connection, name);
            if (table == null) {
                return Optional.empty();
            }
            known.putIfAbsent(name, table);
        }
        return Optional.of(table);
    }

    private Table load(Connection connection, String name) throws SQLException {
        var about = connection.getMetaData();
        var columns = new LinkedHashMap<String, Column>();
        var in = schema == null || dialect == Dialect.MARIADB ? connection.getSchema() : schema;
        var catalog = schema != null && dialect == Dialect.MARIADB ? schema : connection.getCatalog();
        try (var rows = about.getColumns(catalog, pattern(about, in), pattern(about, name), "%")) {
            while (rows.next()) {
                var column = rows.getString("COLUMN_NAME");
                columns.put(
                        column,
                        new Column(
                                column,
                                quote(about, column),
                                Form.of(rows.getInt("DATA_TYPE"), rows.getString("TYPE_NAME")),
                                filled(rows.getString("COLUMN_DEF"), rows.getString("IS_AUTOINCREMENT"))));
            }
        }
        var quoted = (schema == null ? "" : quote(about, schema) + ".") + quote(about, name);
        return columns.isEmpty() ? null : new Table(name, quoted, columns, isEmpty(connection, quoted));
    }

    private static boolean isEmpty(Connection connection, String quoted) throws SQLException {
        try (var statement = connection.createStatement();
                var first = statement.executeQuery("SELECT 1 FROM " + quoted + " LIMIT 1")) {
            return !first.next();
        }
    }

    private static boolean filled(String byDefault, String byNumber) {
        return "YES".equals(byNumber) || byDefault != null && !byDefault.equalsIgnoreCase("NULL");
    }

    /** Names are patterns to the driver: {@code a_b} would be {@code axb} as well. */
    private static String pattern(DatabaseMetaData about, String name) throws SQLException {
        var escape = about.getSearchStringEscape();
        return name == null || escape == null || escape.isEmpty() ? name : name.replace("_", escape + "_");
    }

    static String quote(DatabaseMetaData about, String name) throws SQLException {
        var quote = about.getIdentifierQuoteString().strip();
        return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
    }
}
