package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.model.RecordRefused;

/** Writes the records of a batch in one transaction: all of them, but those it can see will not go. */
final class JdbcPortion {

    private final ObjectMapper json;
    private final Tables tables;
    private final JdbcSettings.Mode mode;
    private final Path folder;

    /** @param folder of the mappings and of {@code tables.sql} */
    JdbcPortion(ObjectMapper json, Tables tables, JdbcSettings.Mode mode, Path folder) {
        this.json = json;
        this.tables = tables;
        this.mode = mode;
        this.folder = folder;
    }

    /**
     * @throws IOException when the database fails; nothing was written
     * @throws RecordRefused when it refuses one of the rows; nothing was written
     */
    Batch write(Batch batch, Connection connection) throws IOException, RecordRefused {
        try (var writer = new RowWriter(tables.dialect(), connection)) {
            var items = new ArrayList<Item>(batch.items().size());
            for (Item item : batch.items()) {
                items.add(item.withOutcome(write(batch, item, connection, writer)));
            }
            writer.flush();
            return commit(connection) ? batch.withItems(items) : again(batch);
        } catch (SQLException e) {
            rollback(connection);
            if (JdbcFailure.isOfARow(e)) {
                throw new RecordRefused("refused-by-database", JdbcFailure.state(e));
            }
            if (JdbcFailure.isEnvironment(e)) {
                throw new IOException("the database failed, " + JdbcFailure.state(e), e);
            }
            throw new Problem(e, "CRV-466", batch.kind().word(), JdbcFailure.state(e));
        } catch (RuntimeException e) {
            rollback(connection);
            throw e;
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            // A connection that is gone leaves nothing behind.
        }
    }

    /** False when nobody knows what became of it. */
    private static boolean commit(Connection connection) {
        try {
            connection.commit();
            return true;
        } catch (SQLException answerLost) {
            return false;
        }
    }

    /** Written a second time under the same keys, the same rows are there. */
    private static Batch again(Batch batch) {
        var outcome = new Outcome.Retry(Duration.ZERO, "the database did not confirm what it was sent");
        return batch.withItems(
                batch.items().stream().map(item -> item.withOutcome(outcome)).toList());
    }

    private Outcome write(Batch batch, Item item, Connection connection, RowWriter writer) throws SQLException {
        var mapped = mapped(batch, item);
        var rows = new ArrayList<TableRow>();
        try {
            for (MappedRows part : mapped) {
                var table = tables.get(connection, part.table(), folder);
                table.columns(part.key());
                part.rows().forEach(row -> rows.add(TableRow.of(table, part.key(), row)));
            }
        } catch (TableRow.DoesNotFit no) {
            return new Outcome.Refused("value-does-not-fit", no.getMessage());
        }
        if (mode == JdbcSettings.Mode.INSERT) {
            return add(rows, connection, writer);
        }
        if (item.target().present() != null) {
            for (MappedRows part : mapped) {
                if (!part.within().isEmpty()) {
                    var table = tables.get(connection, part.table(), folder);
                    writer.remove(table, within(table, part));
                }
            }
        }
        return put(rows, writer);
    }

    private static Outcome put(List<TableRow> rows, RowWriter writer) throws SQLException {
        var effects = new ArrayList<Effect>(rows.size());
        for (TableRow row : rows) {
            writer.put(row);
            effects.add(row.effect());
        }
        return new Outcome.Accepted(rows.isEmpty() ? null : rows.get(0).id(), null, effects);
    }

    /** Rows that are there as they should be are not written, nor ours to take back. */
    private Outcome add(List<TableRow> rows, Connection connection, RowWriter writer) throws SQLException {
        var lookUp = new RowLookUp(tables.dialect(), connection);
        var fresh = new ArrayList<TableRow>();
        for (TableRow row : rows) {
            var key = new LinkedHashMap<Column, Object>();
            row.keyColumns().forEach(column -> key.put(column, row.values().get(column)));
            var there = lookUp.find(row.table(), key, row.values().keySet());
            if (there.isEmpty()) {
                fresh.add(row);
            } else if (!there.get().mark().equals(row.mark())) {
                return new Outcome.Refused("row-differs", row.reference());
            }
        }
        var accepted = (Outcome.Accepted) put(fresh, writer);
        return new Outcome.Accepted(rows.get(0).id(), null, accepted.effects());
    }

    private static Map<Column, Object> within(Table table, MappedRows part) {
        var within = new LinkedHashMap<Column, Object>();
        part.within().forEach((name, value) -> {
            var column = table.column(name);
            within.put(column, TableRow.value(table, column, value));
        });
        return within;
    }

    private List<MappedRows> mapped(Batch batch, Item item) {
        try {
            return MappedRows.of(batch.kind(), json.readTree(item.target().payload()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
