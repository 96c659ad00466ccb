package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.model.RecordRefused;
import dev.caravan.transport.UndoNotes;

/** Writes the records of a batch in one transaction: all of them, but those it can see will not go. */
final class JdbcPortion {

    private final Tables tables;
    private final JdbcSettings.Mode mode;
    private final Path folder;
    private final Doubt doubt;

    /**
     * @param folder of the mappings and of {@code tables.sql}
     * @param doubt which records may have been written before
     */
    JdbcPortion(Tables tables, JdbcSettings.Mode mode, Path folder, Doubt doubt) {
        this.tables = tables;
        this.mode = mode;
        this.folder = folder;
        this.doubt = doubt;
    }

    /** @param rows null when the record is refused */
    private record Mapped(Item item, List<TableRow> rows, Outcome.Refused refused) {}

    /**
     * @param notes where to note what is replaced before it is; empty when the transaction is left for somebody else to
     *     commit, which then fails for no row's sake
     * @throws IOException when the database fails; nothing was written
     * @throws RecordRefused when it refuses one of the rows; nothing was written
     */
    Batch write(Batch batch, Connection connection, Optional<UndoNotes> notes) throws IOException, RecordRefused {
        try {
            var writer = new RowWriter(tables, connection);
            var mapped = new ArrayList<Mapped>(batch.items().size());
            for (Item item : batch.items()) {
                mapped.add(rows(batch, item, connection, writer));
            }
            var there = new RowLookUp(tables.dialect(), connection).there(perhapsThere(mapped));
            boolean again = notes.isPresent() && doubt.of(batch);
            Predicate<Item> ours = item -> again || doubt.isUnconfirmed(batch, item);
            var items = new ArrayList<Item>(mapped.size());
            for (Mapped one : mapped) {
                items.add(one.item()
                        .withOutcome(
                                one.rows() == null ? one.refused() : put(one, there, ours.test(one.item()), writer)));
            }
            writer.flush();
            if (tables.dialect() == Dialect.POSTGRESQL) {
                checkNow(connection);
            }
            var written = batch.withItems(items);
            if (notes.isEmpty()) {
                return written;
            }
            var noted = new NotedFirst(notes.get(), ours).note(written);
            if (!commit(connection)) {
                doubt.unconfirmed(batch);
                return again(batch);
            }
            doubt.confirmed(batch);
            return noted;
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

    /** What a table holds that was empty when we came is ours, and need not be looked for. */
    private List<TableRow> perhapsThere(List<Mapped> mapped) {
        return mapped.stream()
                .filter(one -> one.rows() != null)
                .flatMap(one -> one.rows().stream())
                .filter(row -> mode == JdbcSettings.Mode.INSERT || !row.table().wasEmpty())
                .toList();
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            // A connection that is gone leaves nothing behind.
        }
    }

    /** What the database would look at only when the transaction is committed, and then refuse it whole. */
    private static void checkNow(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
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

    private Mapped rows(Batch batch, Item item, Connection connection, RowWriter writer) throws SQLException {
        var mapped = MappedRows.of(batch.kind(), item.target().shape());
        var rows = new ArrayList<TableRow>();
        try {
            for (MappedRows part : mapped) {
                var table = tables.get(connection, part.table(), folder);
                var key = table.columns(part.key());
                part.rows().forEach(row -> rows.add(TableRow.of(table, key, row)));
            }
        } catch (TableRow.DoesNotFit no) {
            return new Mapped(item, null, new Outcome.Refused("value-does-not-fit", no.getMessage()));
        }
        if (mode == JdbcSettings.Mode.UPSERT && item.target().present() != null) {
            for (MappedRows part : mapped) {
                if (!part.within().isEmpty()) {
                    var table = tables.get(connection, part.table(), folder);
                    writer.remove(table, within(table, part));
                }
            }
        }
        return new Mapped(item, rows, null);
    }

    /**
     * Rows that are there as they should be are not written. They are ours to take back only when we may have written them.
     *
     * @param ours whether the record may have been written before
     */
    private Outcome put(Mapped one, Map<String, TableRow> there, boolean ours, RowWriter writer) throws SQLException {
        if (mode == JdbcSettings.Mode.INSERT) {
            for (TableRow row : one.rows()) {
                if (differs(row, there.get(row.reference()))) {
                    return new Outcome.Refused("row-differs", row.reference());
                }
            }
        }
        boolean isNew = !ours && one.item().target().present() == null;
        var effects = new ArrayList<Effect>(one.rows().size());
        for (TableRow row : one.rows()) {
            var before = there.get(row.reference());
            if (differs(row, before)) {
                writer.write(row, false);
                effects.add(row.replacing(before));
            } else if (before == null) {
                writer.write(row, isNew);
                effects.add(row.effect());
            } else if (!isNew) {
                effects.add(row.effect());
            }
        }
        return new Outcome.Accepted(
                one.rows().isEmpty() ? null : one.rows().get(0).id(), null, effects);
    }

    private static boolean differs(TableRow row, TableRow before) {
        return before != null && !before.mark().equals(row.mark());
    }

    private static Map<Column, Object> within(Table table, MappedRows part) {
        var within = new LinkedHashMap<Column, Object>();
        part.within().forEach((name, value) -> {
            var column = table.column(name);
            within.put(column, TableRow.value(table, column, value));
        });
        return within;
    }
}
