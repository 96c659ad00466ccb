package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Item;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;

/**
 * The rows of one kind of record as JSON, some at a time: memory does not grow with their number. A position is the
 * number of rows read. For one thread.
 */
final class JdbcReader implements BatchReader {

    private static final int ROWS = 500;

    private final ReadRequest request;
    private final ReadPlan plan;
    private final Tables tables;
    private final Connection rowsFrom;
    private final Table table;
    private final ResultSet rows;
    private long read;
    private boolean more;

    /** @throws Problem CRV-463, CRV-464 when a table or column of the plan is not there */
    JdbcReader(ReadRequest request, ReadPlan plan, Tables tables, Connections connections, Path folder)
            throws IOException {
        this.request = request;
        this.plan = plan;
        this.tables = tables;
        this.rowsFrom = connections.take();
        try {
            table = tables.get(rowsFrom, plan.table(), folder);
            rows = select();
            more = rows.next();
            long skip = request.position() == null ? 0 : Long.parseLong(request.position());
            while (more && read < skip) {
                forward();
            }
        } catch (SQLException e) {
            close();
            throw unreadable(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private ResultSet select() throws SQLException {
        var lanes = request.lane() == null ? List.<String>of() : request.lane().conversations();
        var column = lanes.isEmpty() || plan.lane() == null ? null : table.column(plan.lane());
        var where = column == null ? "" : " WHERE " + column.quoted() + " = ?";
        var statement = rowsFrom.prepareStatement("SELECT * FROM " + table.quoted() + where + " ORDER BY " + order());
        statement.setFetchSize(ROWS);
        if (column != null) {
            column.form().bind(tables.dialect(), statement, 1, column.form().of(TextNode.valueOf(lanes.get(0))));
        }
        return statement.executeQuery();
    }

    private String order() {
        return table.columns(plan.order()).stream()
                .map(column ->
                        column.form() == Form.TEXT ? tables.dialect().inByteOrder(column.quoted()) : column.quoted())
                .collect(Collectors.joining(", "));
    }

    private static Problem unreadable(SQLException e) {
        return new Problem(e, "CRV-470", JdbcFailure.state(e));
    }

    private void forward() throws SQLException {
        read++;
        more = rows.next();
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public Batch next() {
        if (!more) {
            throw new NoSuchElementException();
        }
        try {
            var page = new ArrayList<ObjectNode>(ROWS);
            while (more && page.size() < ROWS) {
                page.add(tree(table, rows));
                forward();
            }
            for (String other : plan.with().keySet()) {
                attach(other, page);
            }
            return batch(page);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private Batch batch(List<ObjectNode> page) {
        var items = new ArrayList<Item>(page.size());
        long index = read - page.size();
        for (ObjectNode row : page) {
            var raw = row.toString().getBytes(StandardCharsets.UTF_8);
            items.add(Item.read(new Origin(JdbcNames.SINK, table.name(), index++, -1), raw, row));
        }
        return Batch.read(
                request.kind(),
                Optional.ofNullable(request.lane()).orElse(Lane.WHOLE),
                Long.toString(read),
                null,
                items,
                List.of());
    }

    private ObjectNode tree(Table of, ResultSet row) throws SQLException {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (Column column : of.columns().values()) {
            var value = column.form().read(tables.dialect(), row, column.name());
            if (value != null) {
                tree.set(column.name(), column.form().tree(value));
            }
        }
        return tree;
    }

    /** Puts rows of another table into those they go with, as an array under the table's name, sorted by its first two columns. */
    private void attach(String name, List<ObjectNode> page) throws SQLException {
        var other = tables.find(rowsFrom, name).orElseThrow(() -> new Problem("CRV-469", ReadPlan.FILE, name));
        var pair = plan.with().get(name).entrySet().iterator().next();
        var theirs = other.column(pair.getKey());
        var ours = table.column(pair.getValue());
        var values = page.stream().map(row -> row.get(ours.name())).distinct().toList();
        var sql = "SELECT * FROM " + other.quoted() + " WHERE " + theirs.quoted() + " IN ("
                + String.join(", ", Collections.nCopies(values.size(), "?")) + ") ORDER BY 1, 2";
        try (var query = rowsFrom.prepareStatement(sql)) {
            int index = 1;
            for (var value : values) {
                theirs.form()
                        .bind(tables.dialect(), query, index++, theirs.form().of(value));
            }
            var byValue = page.stream().collect(Collectors.groupingBy(row -> row.get(ours.name())));
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    var tree = tree(other, found);
                    byValue.getOrDefault(tree.get(theirs.name()), List.of())
                            .forEach(row -> row.withArray("/" + name).add(tree));
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            rowsFrom.rollback();
            rowsFrom.close();
        } catch (SQLException gone) {
            // Nothing was written on it.
        }
    }
}
