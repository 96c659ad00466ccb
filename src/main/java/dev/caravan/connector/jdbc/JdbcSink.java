package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.RecordRefused;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.transport.BreakOff;
import dev.caravan.transport.JoinedTransaction;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.Silence;
import dev.caravan.transport.TargetIds;
import dev.caravan.transport.UndoNotes;
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
    private final Duration brokenOffAfter;
    private final Set<Connection> underWay = ConcurrentHashMap.newKeySet();
    private DoubleSupplier share = () -> 1;
    private BreakOff breakOff;
    private boolean goesOn;
    private Doubt doubt;
    private JdbcSettings settings;
    private Connections connections;
    private Tables tables;

    public JdbcSink() {
        this(BreakOff.AFTER);
    }

    /** @param brokenOffAfter time that a transaction gets to end after nothing may be written any more */
    JdbcSink(Duration brokenOffAfter) {
        this.brokenOffAfter = brokenOffAfter;
    }

    @Override
    public String sinkKind() {
        return JdbcNames.SINK;
    }

    /** A database has no rate; but what waits there for a lock, or for an answer, ends when nothing may be written. */
    @Override
    public synchronized void pace(DoubleSupplier allowed) {
        share = allowed;
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
        breakOff = new BreakOff(share, brokenOffAfter, this::abort);
    }

    /** The database then undoes the transaction; or has committed it, and the same rows are written again. */
    private void abort() {
        underWay.forEach(connection -> {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException gone) {
                underWay.remove(connection);
            }
        });
    }

    @Override
    public synchronized void close() {
        if (connections != null) {
            breakOff.close();
            connections.close();
        }
        connections = null;
        tables = null;
    }

    @Override
    public Optional<Silence.Known> silence() {
        return silence.known();
    }

    /** @param joined where the transaction is left open, if it may be; null when the ledger is on no server */
    public Batch deliver(
            Batch batch,
            @ExchangeProperty(FOLDER) String folder,
            @ExchangeProperty(JoinedTransaction.PROPERTY) JoinedTransaction joined,
            @ExchangeProperty(UndoNotes.PROPERTY) UndoNotes notes)
            throws IOException, RecordRefused {
        silence.asked();
        try {
            var delivered = write(batch, folder, joined, notes);
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

    private Batch write(Batch batch, String folder, JoinedTransaction joined, UndoNotes notes)
            throws IOException, RecordRefused {
        if (joined == null || !joined.takes(batch, settings.url(), settings.user())) {
            try (var connection = connections.take()) {
                return write(batch, folder, connection, Optional.of(notes));
            } catch (SQLException e) {
                throw failed(e);
            }
        }
        joined.leave(connections.take());
        boolean written = false;
        try {
            var left = write(batch, folder, joined.connection(), Optional.empty());
            written = true;
            return left;
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            if (!written) {
                joined.close();
            }
        }
    }

    /** @param notes empty when the transaction is left open for the ledger, which then needs no notes */
    private Batch write(Batch batch, String folder, Connection connection, Optional<UndoNotes> notes)
            throws SQLException, IOException, RecordRefused {
        var own = connection.unwrap(Connection.class);
        underWay.add(own);
        try {
            var known = tables(connection, Path.of(folder));
            return new JdbcPortion(known, settings.mode(), Path.of(folder), doubt).write(batch, connection, notes);
        } finally {
            underWay.remove(own);
        }
    }

    public List<Undone> undo(Undo undo, @ExchangeProperty(FOLDER) String folder) throws IOException {
        try (var connection = connections.take()) {
            var own = connection.unwrap(Connection.class);
            underWay.add(own);
            try {
                return new JdbcUndo(json, tables(connection, Path.of(folder))).undo(undo, connection);
            } finally {
                underWay.remove(own);
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
