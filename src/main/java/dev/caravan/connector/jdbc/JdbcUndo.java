package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.model.Effect;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;

/** Takes rows away again, unless somebody changed them since or other rows need them. */
final class JdbcUndo {

    private static final String NOT_NOW = "not-now";

    private final ObjectMapper json;
    private final Tables tables;

    JdbcUndo(ObjectMapper json, Tables tables) {
        this.json = json;
        this.tables = tables;
    }

    List<Undone> undo(Undo undo, Connection connection) {
        var undone = new ArrayList<Undone>();
        try {
            for (Effect effect : undo.effects()) {
                undone.add(undo(effect, undo.dryRun(), connection));
            }
            connection.commit();
            return undone;
        } catch (SQLException failed) {
            return undo.effects().stream()
                    .map(effect -> new Undone(effect, Undone.State.RETRY, NOT_NOW))
                    .toList();
        }
    }

    private Undone undo(Effect effect, boolean dryRun, Connection connection) throws SQLException {
        int bar = effect.target().indexOf('|');
        var table = tables.find(connection, effect.target().substring(0, bar));
        if (table.isEmpty()) {
            return new Undone(effect, Undone.State.GONE, null);
        }
        var key = key(table.get(), effect.target().substring(bar + 1));
        var there = new RowLookUp(tables.dialect(), connection).find(table.get(), key, written(table.get(), effect));
        if (there.isEmpty()) {
            return new Undone(effect, Undone.State.GONE, null);
        }
        if (neverReplaced(effect, there.get())) {
            return new Undone(effect, Undone.State.GONE, null);
        }
        if (!there.get().mark().equals(TableRow.markOf(effect))) {
            return new Undone(effect, Undone.State.KEPT, "changed-since");
        }
        if (effect.what().equals(TableRow.REPLACED)) {
            return restored(effect, there.get(), dryRun, connection);
        }
        return dryRun || delete(table.get(), key, connection)
                ? new Undone(effect, Undone.State.REMOVED, null)
                : new Undone(effect, Undone.State.KEPT, "in-use");
    }

    /** Whether it was noted, and the run ended before it was done: the row is as it was. */
    private boolean neverReplaced(Effect effect, TableRow now) {
        return effect.what().equals(TableRow.REPLACED)
                && !TableRow.before(effect).isEmpty()
                && now.with(key(now.table(), TableRow.before(effect))).mark().equals(now.mark());
    }

    /** Puts back what stood there before. */
    private Undone restored(Effect effect, TableRow now, boolean dryRun, Connection connection) throws SQLException {
        var image = TableRow.before(effect);
        if (image.isEmpty()) {
            return new Undone(effect, Undone.State.KEPT, "replaced");
        }
        if (!dryRun) {
            var writer = new RowWriter(tables, connection);
            writer.write(now.with(key(now.table(), image)), false);
            writer.flush();
        }
        return new Undone(effect, Undone.State.REMOVED, null);
    }

    /** The columns the mark is made of. */
    private static List<Column> written(Table table, Effect effect) {
        var mark = TableRow.markOf(effect);
        int colon = mark.indexOf(':');
        var filled = colon < 0
                ? Set.<String>of()
                : Set.copyOf(Arrays.asList(mark.substring(colon + 1).split(",")));
        return table.written(filled::contains);
    }

    private LinkedHashMap<Column, Object> key(Table table, String text) {
        var key = new LinkedHashMap<Column, Object>();
        try {
            JsonNode values = json.readTree(text);
            values.fields().forEachRemaining(field -> {
                var column = table.column(field.getKey());
                key.put(column, column.form().of(field.getValue()));
            });
            return key;
        } catch (IOException e) {
            throw new IllegalStateException("the journal holds what was written", e);
        }
    }

    private boolean delete(Table table, LinkedHashMap<Column, Object> key, Connection connection) throws SQLException {
        var before = connection.setSavepoint();
        var sql = "DELETE FROM " + table.quoted() + " WHERE " + Table.equal(key.keySet());
        try (var statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (var value : key.entrySet()) {
                value.getKey().form().bind(tables.dialect(), statement, index++, value.getValue());
            }
            statement.executeUpdate();
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException e) {
            if (!JdbcFailure.isConstraint(e)) {
                throw e;
            }
            connection.rollback(before);
            return false;
        }
    }
}
