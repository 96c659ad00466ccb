package dev.caravan.migration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import dev.caravan.ledger.SealRequest;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Link;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.transport.LatestDays;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** What each phase of {@code routes/migration.camel.yaml} reads, from where the ledger says it stopped. */
@ApplicationScoped
@Named("phases")
public class Phases {

    private static final List<Kind> DIRECTORY = List.of(Kind.USER, Kind.CHANNEL, Kind.MEMBERSHIP, Kind.EMOJI);

    private final CurrentRun current;
    private final Settings settings;
    private final Progress progress;
    private final Expected expected;
    private final List<LatestDays> latestDays;

    public Phases(
            CurrentRun current,
            Settings settings,
            Progress progress,
            Expected expected,
            @All List<LatestDays> latestDays) {
        this.current = current;
        this.settings = settings;
        this.progress = progress;
        this.expected = expected;
        this.latestDays = latestDays;
    }

    private void begin(String phase) {
        current.get().phase(phase);
        current.phase(phase);
        progress.phase(phase);
    }

    /** One request a kind, in an order in which each leans on the ones before. */
    public List<ReadRequest> directory() {
        var run = current.get();
        begin("directory");
        return DIRECTORY.stream()
                .filter(run.mappings()::hasFrom)
                .map(kind -> request(run, kind, Lane.WHOLE))
                .toList();
    }

    /**
     * The lanes, shared by as many workers as the settings say: each takes the next lane when it is done with one.
     *
     * @throws Problem CRV-242 when the recent ones are to come first and the source cannot tell which those are
     */
    public List<Iterable<Lane>> history() {
        var run = current.get();
        run.stopRules().requireNoneStopped();
        begin("history");
        var lanes = new ConcurrentLinkedQueue<>(lanes());
        progress.history(lanes.size(), expected.alreadyRead(run), expected.of(run));
        return Stream.<Iterable<Lane>>generate(() -> () -> new Share(run, lanes))
                .limit(settings.threads())
                .toList();
    }

    /** One worker's part of the lanes. When a lane has failed Camel takes the others too, only to let them go. */
    private static final class Share implements Iterator<Lane> {

        private final ActiveRun run;
        private final Queue<Lane> lanes;
        private Lane taken;

        Share(ActiveRun run, Queue<Lane> lanes) {
            this.run = run;
            this.lanes = lanes;
        }

        @Override
        public boolean hasNext() {
            if (taken == null && !run.stopping()) {
                taken = lanes.poll();
            }
            return taken != null;
        }

        @Override
        public Lane next() {
            var lane = taken;
            taken = null;
            return lane;
        }
    }

    /** Where the reading of a lane's messages goes on. */
    public ReadRequest request(Lane lane) {
        return request(current.get(), Kind.MESSAGE, lane);
    }

    /** The last step of a lane: it was read to its end, unless the run or the lane was stopped. */
    public void laneDone(Lane lane) {
        current.find()
                .filter(run -> !run.stopping() && !run.stopRules().stopped(Kind.MESSAGE, lane))
                .ifPresent(run -> progress.laneDone(lane.id()));
    }

    /**
     * A source that names its conversations is read by lane; one that does not, or cannot tell one's messages apart, as a
     * whole: also when it is read on or anew, and its messages have made conversations known.
     */
    private List<Lane> lanes() {
        if (!current.get().byConversation()) {
            return inOrder(List.of(Lane.WHOLE));
        }
        Map<String, List<String>> byTarget = new TreeMap<>();
        for (Link link : current.get().directory().conversations()) {
            var key = link.leftOut() ? link.target() + link.sourceId() : link.target();
            byTarget.computeIfAbsent(key, target -> new ArrayList<>()).add(link.sourceId());
        }
        var lanes = byTarget.values().stream()
                .map(conversations -> {
                    Collections.sort(conversations);
                    return new Lane(conversations.get(0), conversations);
                })
                .toList();
        return inOrder(lanes.isEmpty() ? List.of(Lane.WHOLE) : lanes);
    }

    private List<Lane> inOrder(List<Lane> lanes) {
        if (settings.order() == Settings.Order.BY_NAME) {
            return lanes;
        }
        var source = settings.source();
        var days = latestDays.stream()
                .filter(one -> one.sourceKind().equals(source.kind()))
                .findFirst()
                .orElseThrow(() -> new Problem("CRV-242", source.kind()))
                .of(source.properties());
        return lanes.stream()
                .sorted(Comparator.comparingLong((Lane lane) -> lane.conversations().stream()
                                .mapToLong(days)
                                .max()
                                .orElse(Long.MIN_VALUE))
                        .reversed())
                .toList();
    }

    private static ReadRequest request(ActiveRun run, Kind kind, Lane lane) {
        return new ReadRequest(kind, lane, run.position(kind, lane));
    }

    /** Whether the source can tell what it knows of a record outside the record's bytes. */
    public boolean recalls() {
        return current.get().recalls();
    }

    /** Ends the reading after the batch in flight once the run is asked to stop, or
     * the lane makes too many dead letters; closes the reader either way. */
    public BatchReader untilStopped(BatchReader reader) {
        var run = current.get();
        return new BatchReader() {
            private Batch last;

            @Override
            public boolean hasNext() {
                current.step("read");
                return !run.stopping() && !(last != null && run.stopRules().stopped(last)) && reader.hasNext();
            }

            @Override
            public Batch next() {
                last = reader.next();
                return last;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    /**
     * What the seal action is asked for; nothing when the last seal holds all that is staged and is where the settings
     * want it, when the run was stopped before everything was staged, or when the sink has no seal.
     *
     * @throws Problem CRV-507, before a package without any messages takes the place of a good one
     */
    public SealRequest seal() {
        var run = current.get();
        run.stopRules().requireNoneStopped();
        begin("seal");
        if (!run.stopping()) {
            run.mappings().requireSelected();
        }
        var ledger = run.ledger();
        return run.seals() && !run.stopping() && wanted(run)
                ? new SealRequest(
                        ledger, run.number(), ledger.seals().nextNumber(), settings.workDir(), run.sealInputs())
                : null;
    }

    /** A package that was imported has done its work: it need not stay, nor be made anew for other settings. */
    private static boolean wanted(ActiveRun run) {
        var version = run.ledger().stage().version();
        return run.ledger()
                .seals()
                .last()
                .map(seal -> seal.stageVersion() != version
                        || !seal.imported() && !(run.sealInputs().equals(seal.inputs()) && seal.present()))
                .orElse(version != 0);
    }
}
