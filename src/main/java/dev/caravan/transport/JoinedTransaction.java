package dev.caravan.transport;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

import dev.caravan.model.Batch;

/**
 * The transaction in which a sink wrote a whole batch into the ledger's own database, and did not end: the ledger adds what
 * it keeps of the batch and commits both at once, or neither. For one batch.
 */
public final class JoinedTransaction implements AutoCloseable {

    /** Property of an exchange on the road of a batch. */
    public static final String PROPERTY = "caravanJoinedTransaction";

    private final String url;
    private final String user;
    private final int records;
    private Connection open;

    /**
     * @param url of the ledger's database
     * @param user null when the address names one, or none is needed
     * @param records that the whole batch has
     */
    public JoinedTransaction(String url, String user, int records) {
        this.url = url;
        this.user = user;
        this.records = records;
    }

    /** Whether a sink that writes this in the database of that address may leave its transaction here. */
    public boolean takes(Batch part, String toUrl, String asUser) {
        return open == null && part.items().size() == records && url.equals(toUrl) && Objects.equals(user, asUser);
    }

    /** @param written a connection with everything the batch becomes; it is closed from here */
    public void leave(Connection written) {
        open = written;
    }

    /** Null when the sink ended its transactions itself. */
    public Connection connection() {
        return open;
    }

    /** Undoes what was not committed. */
    @Override
    public void close() {
        if (open == null) {
            return;
        }
        try (var connection = open) {
            connection.rollback();
        } catch (SQLException gone) {
            // A connection that is gone leaves nothing behind.
        }
        open = null;
    }
}
