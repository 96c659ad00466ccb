package dev.caravan.connector.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.TestDatabase;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

import static org.assertj.core.api.Assertions.assertThat;

/** PostgreSQL gets new rows by COPY: nobody may tell that from INSERT. */
class CopiedRowsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of a transaction that is never committed. */
    private static final String SCHEMA = "copied_rows";

    private static final Path NO_SCRIPT = Path.of("none");
    /** From 4000 BC to the year 200000, in us since 1970. */
    private static final long EARLIEST = -188_000_000_000_000_000L;

    private static final long LATEST = 6_249_000_000_000_000_000L;

    private Connection connection;
    private final Tables tables = new Tables(Dialect.POSTGRESQL, SCHEMA);

    @BeforeTry
    void twoTablesOfEveryForm() throws SQLException {
        connection = DriverManager.getConnection(TestDatabase.postgresql(), "postgres", "postgres");
        connection.setAutoCommit(false);
        execute("CREATE SCHEMA " + SCHEMA);
        connection.setSchema(SCHEMA);
        for (var name : List.of("copied", "inserted")) {
            execute("CREATE TABLE " + name
                    + " (id BIGINT PRIMARY KEY, t TEXT, v VARCHAR(3000), j JSON, b JSONB,"
                    + " n NUMERIC, r DOUBLE PRECISION, f BOOLEAN, ts TIMESTAMP(6), tz TIMESTAMPTZ, d DATE, y BYTEA,"
                    + " \"odd\"\"name\" SMALLINT)");
        }
    }

    @AfterTry
    void close() throws SQLException {
        connection.close();
    }

    @Property(tries = 100)
    void aCopiedRowIsTheSameAsAnInsertedOne(@ForAll("rows") List<ObjectNode> rows) throws SQLException {
        for (int id = 0; id < rows.size(); id++) {
            rows.get(id).put("id", id);
        }

        write("copied", rows, true);
        write("inserted", rows, false);

        assertThat(all("copied")).hasSize(rows.size()).isEqualTo(all("inserted"));
        assertThat(tables.copies(table("copied"))).isTrue();
    }

    @Example
    void aRowThatIsThereAfterAllIsReplaced() throws SQLException {
        execute("INSERT INTO copied (id, t) VALUES (1, 'somebody wrote it meanwhile')");

        write("copied", List.of(row(0, "first"), row(1, "second"), row(2, "third")), true);

        assertThat(all("copied"))
                .extracting(text -> text.substring(0, 8))
                .containsExactly("(0,first", "(1,secon", "(2,third");
        assertThat(tables.copies(table("copied"))).isFalse();
    }

    @Example
    void oneRowTwiceInABatchIsTheLaterOne() throws SQLException {
        write("copied", List.of(row(1, "first"), row(1, "later")), true);

        assertThat(all("copied")).singleElement().asString().startsWith("(1,later");
    }

    @Example
    void aViewTakesNoCopyAndGetsItsRowsAllTheSame() throws SQLException {
        execute("CREATE VIEW seen AS SELECT id, t FROM copied");

        write("seen", List.of(row(1, "through the view")), true);

        assertThat(all("copied")).singleElement().asString().startsWith("(1,\"through the view\"");
    }

    private static ObjectNode row(int id, String text) {
        return JSON.valueToTree(Map.of("id", id, "t", text));
    }

    @Provide
    Arbitrary<List<ObjectNode>> rows() {
        var text = Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(40),
                        Arbitraries.strings()
                                .withChars("\\\t\n\r\b\f\u000b.Nx'\"é😀")
                                .ofMaxLength(12),
                        Arbitraries.of("\\N", "\\.", "", "\u2028"))
                .map(any -> any.replace("\0", "").replaceAll("[\\ud800-\\udfff]", "?"));
        var micros = Arbitraries.longs().between(EARLIEST, LATEST);
        var texts = Combinators.combine(
                        text,
                        text,
                        text,
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(9))
                .as((t, v, j, y) -> {
                    ObjectNode row =
                            JSON.createObjectNode().put("t", t).put("v", v).put("y", y);
                    row.putObject("j").put(j, t);
                    row.putArray("b").add(v);
                    return row;
                });
        var numbers = Combinators.combine(
                        Arbitraries.bigDecimals(),
                        Arbitraries.doubles(),
                        Arbitraries.of(true, false),
                        Arbitraries.shorts())
                .as((n, r, f, s) -> JSON.createObjectNode()
                        .put("n", n)
                        .put("r", r)
                        .put("f", f)
                        .put("odd\"name", s));
        var times = Combinators.combine(micros, micros, micros)
                .as((ts, tz, d) ->
                        JSON.createObjectNode().put("ts", ts).put("tz", tz).put("d", d));
        return Combinators.combine(texts, numbers, times, Arbitraries.of("t", "n", "ts", "d", "y", "j"))
                .as((a, b, c, without) -> {
                    ObjectNode row = a.setAll(b);
                    row.setAll(c);
                    row.remove(without);
                    return row;
                })
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    private Table table(String name) throws SQLException {
        return tables.get(connection, name, NO_SCRIPT);
    }

    private void write(String name, List<ObjectNode> rows, boolean isNew) throws SQLException {
        var table = table(name);
        var writer = new RowWriter(tables, connection);
        for (ObjectNode row : rows) {
            writer.write(TableRow.of(table, table.columns(List.of("id")), row), isNew);
        }
        writer.flush();
    }

    private List<String> all(String table) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT x::text FROM " + table + " x ORDER BY id")) {
            var all = new ArrayList<String>();
            while (found.next()) {
                all.add(found.getString(1));
            }
            return all;
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
