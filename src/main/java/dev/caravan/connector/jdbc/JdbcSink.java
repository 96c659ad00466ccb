package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.RecordRefused;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.Silence;
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
    private final Silence silence = new Silence(Clock.systemUTC());
    private JdbcSettings settings;
    private Connections connections;
    private Tables tables;

    @Override
    public String sinkKind() {
        return JdbcNames.SINK;
    }

    /** Connects when the first records come: a database that is away for a while is waited for. */
    @Override
    public synchronized void open(Map<String, String> properties, TargetIds ids) {
        close();
        settings = JdbcSettings.of(properties);
        connections = new Connections(settings);
    }

    @Override
    public synchronized void close() {
        if (connections != null) {
            connections.close();
        }
        connections = null;
        tables = null;
    }

    @Override
    public Optional<Silence.Known> silence() {
        return silence.known();
    }

    public Batch deliver(Batch batch, @ExchangeProperty(FOLDER) String folder) throws IOException, RecordRefused {
        silence.asked();
        try {
            var delivered = write(batch, folder);
            silence.answered();
            return delivered;
        } catch (RecordRefused answered) {
            silence.answered();
            throw answered;
        } catch (IOException | RuntimeException failed) {
            silence.failed(failed.getMessage());
            throw failed;
        }
    }

    private Batch write(Batch batch, String folder) throws IOException, RecordRefused {
        try (var connection = connections.take()) {
            var known = tables(connection, Path.of(folder));
            return new JdbcPortion(json, known, settings.mode(), Path.of(folder)).write(batch, connection);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    public List<Undone> undo(Undo undo, @ExchangeProperty(FOLDER) String folder) throws IOException {
        try (var connection = connections.take()) {
            return new JdbcUndo(json, tables(connection, Path.of(folder))).undo(undo, connection);
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
