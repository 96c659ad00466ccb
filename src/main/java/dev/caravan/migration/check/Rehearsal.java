package dev.caravan.migration.check;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.migration.Schedule;
import dev.caravan.migration.check.CheckResult.CauseForecast;
import dev.caravan.migration.check.CheckResult.KindForecast;
import dev.caravan.migration.report.Losses;
import dev.caravan.migration.road.Books;
import dev.caravan.migration.road.Committed;
import dev.caravan.migration.road.PartCounts;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;
import dev.caravan.model.Target;
import dev.caravan.transform.link.Directory;
import dev.caravan.transform.link.Roots;
import dev.caravan.transform.mapping.TargetForecast;
import dev.caravan.transform.mapping.TargetRules;
import dev.caravan.transform.mapping.TargetRules.Effect;
import dev.caravan.transform.mapping.TargetShape;

/**
 * Books in which nothing is written: counts what a run would do with each record and lets none of them through to the
 * sink. For any number of threads, each of which goes through one lane after the other.
 */
public final class Rehearsal implements Books {

    private static final int EXAMPLES = 3;
    private static final String COLLISION = "name-collision";

    /** Mark of a record that a problem keeps from being written. */
    private static final String STOPPED = "stopped-by-problem";

    private final Directory directory;
    private final Map<String, Effect> effects;
    private final Optional<String> inventedEmail;
    private final Optional<TargetForecast.Count> forecast;
    private final Measures measures = new Measures();
    private final NamesToCome names = new NamesToCome();
    private final ThreadLocal<Lanes> lanes = ThreadLocal.withInitial(Lanes::new);
    private final Map<String, Problem> problems = new LinkedHashMap<>();
    private final Map<String, Long> degraded = new HashMap<>();
    private final Map<String, List<String>> causes = new TreeMap<>();
    private final Map<String, Long> causeCounts = new TreeMap<>();
    private Tally tally = Tally.NONE;

    public Rehearsal(Directory directory, TargetRules rules, Optional<TargetForecast.Count> forecast) {
        this.directory = directory;
        this.effects = rules.effects();
        this.inventedEmail = rules.inventedEmail();
        this.forecast = forecast;
    }

    /** What one thread remembers of the lane it is in. */
    private static final class Lanes {
        private final Map<Integer, LaneTimes> times = new HashMap<>();
        private String lane = "";

        LaneTimes in(String id, int number) {
            if (!lane.equals(id)) {
                lane = id;
                times.clear();
            }
            return times.computeIfAbsent(number, n -> new LaneTimes());
        }
    }

    @Override
    public UnaryOperator<Batch> opening() {
        return this::count;
    }

    @Override
    public BiFunction<Batch, Connection, Committed> committing() {
        return (batch, joined) -> add(batch);
    }

    @Override
    public Roots roots() {
        return (lane, wanted) -> {
            var seen = lanes.get().times.get(lane);
            Set<String> delivered = new HashSet<>();
            if (seen != null) {
                wanted.forEach((id, time) -> {
                    if (seen.contains(time)) {
                        delivered.add(id);
                    }
                });
            }
            return delivered;
        };
    }

    /** The sink's shape; where it meets a problem the record is marked, the problem kept, and the next one goes on. */
    @Override
    public TargetShape shape(TargetShape shape) {
        return new TargetShape() {
            @Override
            public String sinkKind() {
                return shape.sinkKind();
            }

            @Override
            public String text(Target written) {
                return shape.text(written);
            }

            @Override
            public Target write(Kind kind, JsonNode mapped) {
                try {
                    return shape.write(kind, mapped);
                } catch (Problem problem) {
                    keep(problem);
                    return Target.of(new byte[0], 0, List.of(STOPPED));
                }
            }
        };
    }

    private synchronized void keep(Problem problem) {
        problems.putIfAbsent(problem.code(), problem);
    }

    private Batch count(Batch batch) {
        var counter = new Tally.Counter();
        var changed = 0L;
        for (Item item : batch.items()) {
            if (batch.kind() == Kind.MESSAGE) {
                remember(batch.lane().id(), item.canonical());
            }
            if (item.target().rules().contains(STOPPED)) {
                continue;
            }
            if (batch.kind() == Kind.USER || batch.kind() == Kind.CHANNEL) {
                var rules = item.target().rules();
                names.add(
                        batch.kind(),
                        item,
                        inventedEmail.filter(rules::contains).isPresent());
            }
            if (!item.canonical().path("placeholder").asBoolean() && count(batch.kind(), item, counter)) {
                changed++;
            }
        }
        measures.add(batch);
        synchronized (this) {
            degraded.merge(batch.kind().word(), changed, Long::sum);
        }
        return batch.withItems(List.of()).plusTally(counter.tally());
    }

    /** @return whether the record arrives, but not as it was */
    private boolean count(Kind kind, Item item, Tally.Counter counter) {
        var rules = item.target().rules();
        if (item.target().objects() == 0) {
            counter.add(kind.word(), What.FILTERED, rules.get(0), 1);
            return false;
        }
        forecast.ifPresent(count -> count.add(kind, item));
        PartCounts.add(counter, kind, item, What.DELIVERED);
        return rules.stream().anyMatch(rule -> effects.getOrDefault(rule, Effect.KEPT) != Effect.KEPT);
    }

    private void remember(String lane, JsonNode message) {
        directory.conversation(message.path("channel").asText()).ifPresent(link -> lanes.get()
                .in(lane, link.number())
                .add(message.path("time").asLong()));
    }

    private synchronized Committed add(Batch batch) {
        var counter = new Tally.Counter();
        batch.findings().forEach(finding -> {
            if (!finding.rule().equals(STOPPED)) {
                counter.add(finding.kind(), What.FINDING, finding.rule(), 1);
            }
            if (finding.rule().equals(COLLISION)) {
                names.collided(finding.kind(), finding.sourceId(), finding.detail());
            }
        });
        batch.refused().forEach(refusal -> refused(refusal, counter));
        tally = tally.plus(batch.tally()).plus(counter.tally());
        return Committed.NOTHING;
    }

    private void refused(Refusal refusal, Tally.Counter counter) {
        counter.add(refusal.part() == null ? refusal.kind().word() : refusal.part(), What.DEAD, 1);
        causeCounts.merge(refusal.cause(), 1L, Long::sum);
        var examples = causes.computeIfAbsent(refusal.cause(), cause -> new ArrayList<>());
        if (examples.size() < EXAMPLES && refusal.origin() != null) {
            examples.add(refusal.origin().toString());
        }
    }

    synchronized CheckResult result(boolean complete, List<Problem> found, Schedule schedule) {
        var told = forecast.map(TargetForecast.Count::told);
        var all = new ArrayList<>(found);
        all.addAll(problems.values());
        return new CheckResult(
                complete,
                List.copyOf(all),
                tally.counts().keySet().stream()
                        .map(Tally.Key::kind)
                        .distinct()
                        .map(this::kind)
                        .filter(kind -> kind.read() > 0)
                        .toList(),
                causeCounts.entrySet().stream()
                        .map(cause -> new CauseForecast(
                                cause.getKey(), cause.getValue(), List.copyOf(causes.get(cause.getKey()))))
                        .toList(),
                Losses.of(tally, effects),
                names.changed(),
                names.collisions(),
                names.invented(),
                measures.forecast(told.map(TargetForecast.Told::delivery), schedule),
                told.orElse(null));
    }

    private KindForecast kind(String kind) {
        long changed = degraded.getOrDefault(kind, 0L);
        return new KindForecast(
                kind,
                tally.of(kind, What.READ),
                tally.of(kind, What.DELIVERED) - changed,
                changed,
                tally.of(kind, What.FILTERED),
                tally.of(kind, What.DEAD));
    }
}
