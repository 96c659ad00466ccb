package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Outcome;
import dev.caravan.model.Target;
import dev.caravan.transport.UndoNotes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A transaction that waits in the database when somebody pauses the migration does not keep it from ending. */
@Timeout(60)
class JdbcBreakOffTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void aTransactionThatWaitsForALockIsBrokenOffAndWrittenAgainLater() throws Exception {
        var database = TargetDatabase.POSTGRESQL;
        database.execute(folder, "CREATE TABLE emoji (id VARCHAR(20) PRIMARY KEY, name VARCHAR(20))");
        database.execute(folder, "INSERT INTO emoji VALUES ('E1', 'before')");
        var properties = new TreeMap<>(database.properties(folder));
        var share = new AtomicReference<>(1.0);
        try (var sink = new JdbcSink(Duration.ofMillis(300));
                var other = DriverManager.getConnection(
                        properties.get("url"), properties.get("user"), properties.get("password"))) {
            other.setSchema(properties.get("schema"));
            other.setAutoCommit(false);
            other.createStatement().executeUpdate("UPDATE emoji SET name = 'locked' WHERE id = 'E1'");
            sink.pace(share::get);
            sink.open(properties, null);
            var delivery = CompletableFuture.supplyAsync(() -> deliver(sink));
            Awaitility.await().until(() -> waiting(database) == 1);

            share.set(0.0);

            assertThat(delivery)
                    .failsWithin(30, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .havingCause()
                    .withCauseInstanceOf(IOException.class);
            other.rollback();
            share.set(1.0);
            assertThat(deliver(sink).items().get(0).outcome()).isInstanceOf(Outcome.Accepted.class);
        }
        assertThat(database.rows(folder, "SELECT name FROM emoji")).containsExactly("after");
    }

    private int waiting(TargetDatabase database) {
        return database.rows(folder, "SELECT pid FROM pg_locks WHERE NOT granted")
                .size();
    }

    private Batch deliver(JdbcSink sink) {
        try {
            JsonNode shape = JSON.valueToTree(
                    Map.of("table", "emoji", "key", List.of("id"), "row", Map.of("id", "E1", "name", "after")));
            var record = JSON.createObjectNode().put("id", "E1");
            var item =
                    Item.read(null, new byte[0], record).withCanonical(record).withTarget(Target.of(shape));
            return sink.deliver(
                    Batch.read(Kind.EMOJI, Lane.WHOLE, null, null, List.of(item), List.of()),
                    folder.toString(),
                    null,
                    UndoNotes.NONE);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
