package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.RecordRefused;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.TargetIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.ExchangeProperty;

/** Writes records into the tables of a database, as mappings say. What its Kamelets call. */
@ApplicationScoped
@Named("jdbcSink")
public class JdbcSink implements LiveSink {

    /** Property of an exchange: the folder of the mappings, of {@code tables.sql} and {@code read.yaml}. */
    private static final String FOLDER = "caravanJdbcFolder";

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Connection, Instant> underWay = new ConcurrentHashMap<>();
    private boolean goesOn;
    private Doubt doubt;
    private JdbcSettings settings;
    private Connections connections;
    private Tables tables;

    @Override
    public String sinkKind() {
        return JdbcNames.SINK;
    }

    @Override
    public synchronized void goesOn(boolean brokeOff) {
        goesOn = brokeOff;
    }

    /** Connects when the first records come: a database that is away for a while is waited for. */
    @Override
    public synchronized void open(Map<String, String> properties, TargetIds ids) {
        close();
        settings = JdbcSettings.of(properties);
        connections = new Connections(settings);
        doubt = new Doubt(goesOn);
    }

    @Override
    public Optional<Instant> unansweredSince() {
        return underWay.values().stream().min(Comparator.naturalOrder());
    }

    @Override
    public synchronized void close() {
        if (connections != null) {
            connections.close();
        }
        connections = null;
        tables = null;
    }

    public Batch deliver(Batch batch, @ExchangeProperty(FOLDER) String folder) throws IOException, RecordRefused {
        try (var connection = connections.take()) {
            underWay.put(connection, Instant.now());
            try {
                var known = tables(connection, Path.of(folder));
                return new JdbcPortion(json, known, settings.mode(), Path.of(folder), doubt).write(batch, connection);
            } finally {
                underWay.remove(connection);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    public List<Undone> undo(Undo undo, @ExchangeProperty(FOLDER) String folder) throws IOException {
        try (var connection = connections.take()) {
            underWay.put(connection, Instant.now());
            try {
                return new JdbcUndo(json, tables(connection, Path.of(folder))).undo(undo, connection);
            } finally {
                underWay.remove(connection);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    public BatchReader read(ReadRequest request, @ExchangeProperty(FOLDER) String folder) throws IOException {
        var plan = ReadPlan.of(Path.of(folder), request.kind());
        if (plan.isEmpty()) {
            return BatchReader.NOTHING;
        }
        Tables known;
        try (var connection = connections.take()) {
            known = tables(connection, Path.of(folder));
        } catch (SQLException e) {
            throw failed(e);
        }
        return new JdbcReader(request, plan.get(), known, connections, Path.of(folder));
    }

    private static IOException failed(SQLException e) {
        return new IOException("the database failed, " + JdbcFailure.state(e), e);
    }

    private synchronized Tables tables(Connection connection, Path folder) throws SQLException {
        if (tables == null) {
            var found = new Tables(Dialect.of(connection), settings.schema());
            if (settings.createTables()) {
                found.create(connection, folder);
            }
            tables = found;
        }
        return tables;
    }
}
