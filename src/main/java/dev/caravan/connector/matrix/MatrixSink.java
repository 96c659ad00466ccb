package dev.caravan.connector.matrix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.Rate;
import dev.caravan.transport.Silence;
import dev.caravan.transport.TargetIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/**
 * Writes into a Matrix homeserver as an application service: each message by its author and with its time. A room's
 * timeline is in the order of insertion, so a lane is sent oldest first, one event after the other.
 */
@ApplicationScoped
@Named("matrixSink")
public class MatrixSink implements LiveSink {

    /** Exchange property in which the Kamelets hand over the folder of files. */
    public static final String FILES = "caravanMatrixFiles";

    private Session session;
    private Supplier<List<Rate>> rates = List::of;

    @Override
    public String sinkKind() {
        return MatrixNames.SINK;
    }

    /** @throws Problem CRV-450 to CRV-452 for settings that cannot be */
    @Override
    public synchronized void open(Map<String, String> properties, TargetIds ids) {
        close();
        session = Session.of(MatrixSettings.of(properties), ids);
        rates = session.client()::rates;
    }

    @Override
    public synchronized List<Rate> rates() {
        return rates.get();
    }

    @Override
    public synchronized Optional<Silence.Known> silence() {
        return session == null ? Optional.empty() : session.client().silence();
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private synchronized Session session() {
        if (session == null) {
            throw new IllegalStateException("the sink is not open");
        }
        return session;
    }

    /**
     * Sends a batch of one kind. What follows a record that did not surely arrive is not sent.
     *
     * @param files folder of the files that messages name; empty when there is none
     */
    public Batch deliver(@Body Batch batch, @ExchangeProperty(FILES) String files) {
        var done = new ArrayList<Item>(batch.items().size());
        try (var visit = new Visit(session(), folder(files))) {
            boolean stopped = false;
            for (var item : batch.items()) {
                var outcome = stopped ? new Outcome.Retry(Duration.ZERO) : visit.deliver(batch.kind(), item, Map.of());
                stopped |= outcome instanceof Outcome.Retry || outcome instanceof Outcome.Unknown;
                done.add(item.withOutcome(outcome));
            }
        }
        return batch.withItems(done);
    }

    /**
     * Looks for messages in doubt; of one that is there in part, the rest is sent. Everything else may be sent again as often
     * as one likes, and counts as not there.
     */
    public Batch lookUp(@Body Batch batch, @ExchangeProperty(FILES) String files) {
        if (batch.kind() != Kind.MESSAGE) {
            return batch.withItems(
                    batch.items().stream().map(item -> item.withOutcome(null)).toList());
        }
        var session = session();
        var items = new ArrayList<Item>(batch.items().size());
        try (var visit = new Visit(session, folder(files))) {
            var found = new HashMap<String, Map<String, String>>();
            var unsure = find(session, visit, batch, found);
            for (var item : batch.items()) {
                items.add(item.withOutcome(
                        unsure.contains(item.id()) ? new Outcome.Unknown() : rest(visit, item, found.get(item.id()))));
            }
        }
        return batch.withItems(items);
    }

    /** @return ids of which nothing can be said now */
    private static Set<String> find(Session session, Visit visit, Batch batch, Map<String, Map<String, String>> found) {
        var unsure = new HashSet<String>();
        var rooms = new LinkedHashMap<String, ObjectNode>();
        var ids = new LinkedHashMap<String, Set<String>>();
        for (var item : batch.items()) {
            var payload = visit.payload(item);
            var room = payload.path("room").asText();
            rooms.putIfAbsent(room, payload);
            ids.computeIfAbsent(room, r -> new LinkedHashSet<>()).add(item.id());
        }
        rooms.forEach((room, message) -> {
            try {
                found.putAll(session.lookUp().find(visit.room(message), ids.get(room)));
            } catch (MatrixFailure failure) {
                unsure.addAll(ids.get(room));
            }
        });
        return unsure;
    }

    private static Outcome rest(Visit visit, Item item, Map<String, String> found) {
        if (found == null) {
            return null;
        }
        var outcome = visit.deliver(Kind.MESSAGE, item, found);
        var known = outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Refused;
        return known ? outcome : new Outcome.Unknown();
    }

    /** Takes effects back, the latest first. */
    public List<Undone> undo(@Body Undo undo) {
        var session = session();
        return new Undoing(session.client(), session.settings(), undo.dryRun()).undo(undo.effects());
    }

    /**
     * Reads back what is there, as those who are in the rooms see it.
     *
     * @throws Problem CRV-456 when the homeserver does not let us
     */
    public BatchReader read(@Body ReadRequest request) {
        var session = session();
        try {
            return new MatrixReader(session.client(), session.index(), request).open();
        } catch (MatrixFailure failure) {
            throw new Problem(failure, "CRV-456", session.settings().url(), failure.getMessage());
        }
    }

    private static Path folder(String files) {
        return files == null || files.isEmpty() ? null : Path.of(files);
    }
}
