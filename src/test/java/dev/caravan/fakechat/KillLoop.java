package dev.caravan.fakechat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Failpoints;
import dev.caravan.command.LiveRun;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.migration.letters.Selection;
import dev.caravan.migration.verification.Summary;
import dev.caravan.model.Tally;

/**
 * Ends a migration to a {@link FakeChat} as kill -9 does, again and again, lets it go to its end and compares with one that
 * was left alone. The chat is slow enough for every kill to come between two records.
 *
 * <p>{@code KillLoop kill <seeds> [postgresql]} does so at random moments of as many seeds, {@code KillLoop failpoints <most>
 * [postgresql]} at each step that a run takes after its first thousand messages, and then at each step of a replay of dead
 * letters, until none is left or so many are through. Prints a line for each.
 */
public final class KillLoop {

    private static final int ROOMS = 3;
    private static final int MESSAGES = 1_000;
    private static final int MOST_KILLS = 3;
    private static final int LATENCY_MS = 4;
    private static final int ENOUGH = 1_000;
    /** The routes with failpoints; their steps are those of a run, and of a replay. */
    private static final String[] ROUTES = {"lane", "batch", "deliver", "attempt", "look-up", "dead-letters"};

    private static final String SEND = "POST /messages";
    private static final Set<String> EQUAL = Set.of("equal", "equal-by-rule");

    private final Path folder;
    private final TestDatabase database;

    /** @param folder for everything; what went well is removed */
    KillLoop(Path folder, TestDatabase database) {
        this.folder = folder;
        this.database = database;
    }

    /**
     * @param name of the seed or step
     * @param killedAt how many messages the chat had taken when it was killed
     * @param missed kills that came when it had ended by itself
     * @param faults what is not as it would be undisturbed, empty when all is
     */
    record Result(String name, List<Long> killedAt, int missed, List<String> faults) {

        /** Whether anything was killed. */
        boolean killed() {
            return !killedAt.isEmpty();
        }

        /** Whether a thousand messages had passed by then. */
        boolean counts() {
            return killed() && killedAt.stream().allMatch(taken -> taken >= ENOUGH);
        }

        @Override
        public String toString() {
            return name + ": killed after " + killedAt + " messages, too late " + missed + ": "
                    + (faults.isEmpty() ? "as if nothing had happened" : String.join("; ", faults));
        }
    }

    /** Kills up to three times, each time when the chat has taken a number of messages that the seed says. */
    Result atRandom(long seed) {
        var random = new Random(seed);
        var killedAt = new ArrayList<Long>();
        int missed = 0;
        try (var place = new Place("seed " + seed, ROOMS, MESSAGES, "latency-ms=" + LATENCY_MS)) {
            int kills = 1 + random.nextInt(MOST_KILLS);
            long all = place.migration.messages();
            long latest = all * 9 / 10;
            long from = all / 3;
            for (int kill = 0; kill < kills && from < latest; kill++) {
                from += (long) (random.nextDouble() * (latest - from));
                try (var process = place.migration.apart()) {
                    while (process.lives() && place.messages() < from) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                    }
                    LockSupport.parkNanos(random.nextInt((int) TimeUnit.MILLISECONDS.toNanos(10)));
                    process.signal("KILL");
                    long taken = process.end() == Failpoints.HALTED ? place.messages() : all;
                    if (taken < all) {
                        killedAt.add(taken);
                    } else {
                        missed++;
                    }
                    from = taken;
                }
            }
            return place.result(killedAt, missed);
        }
    }

    /** How large a walk from step to step is. */
    enum Walk {
        /** From the first step on. */
        SMALL(8, 4, 0),
        /** Nothing is counted before enough messages for the kill to count. */
        LARGE(372, 12, 1_100);

        private final int inEachRoom;
        private final int inABatch;
        private final int countedAfter;

        Walk(int inEachRoom, int inABatch, int countedAfter) {
            this.inEachRoom = inEachRoom;
            this.inABatch = inABatch;
            this.countedAfter = countedAfter;
        }

        private int batchesInARoom() {
            return inEachRoom / inABatch;
        }
    }

    /**
     * Kills once, at the n-th step that counts; nothing is killed when there are not so many. Some replies are lost, or there
     * would be nothing to look up.
     */
    Result atStep(Walk walk, int step) {
        try (var place = stepwise("step " + step, walk)) {
            int last = ROOMS * walk.batchesInARoom();
            place.chat.faults(
                    Fault.of("lost", SEND, "reply-lost").after(last - 3).times(2));
            return place.killed(
                    "-D" + Failpoints.PROPERTY + "=" + step, "-D" + StepsAfter.PROPERTY + "=" + walk.countedAfter);
        }
    }

    /**
     * The same for a replay. The last message of each room was refused, so that it still takes its place; of those the first
     * reply is lost.
     */
    Result atStepOfReplay(Walk walk, int step) {
        try (var place = stepwise("step " + step + " of replay", walk)) {
            for (int room = 0; room < ROOMS; room++) {
                place.chat.faults(Fault.of("refused" + room, SEND, "error-in-200")
                        .every(walk.inABatch, "policy")
                        .channel(NumberedRooms.room(room))
                        .after(walk.batchesInARoom() - 1));
            }
            place.migration.here().run();
            place.replays = true;
            place.chat.faults(Fault.of("lost", SEND, "reply-lost"));
            return place.killed("-D" + Failpoints.PROPERTY + "=" + step, "-D" + LiveRun.REPLAY + "=true");
        }
    }

    private Place stepwise(String name, Walk walk) {
        var place = new Place(name, ROOMS, walk.inEachRoom);
        place.migration
                .with("caravan.source.records-per-batch", Integer.toString(walk.inABatch))
                .with("caravan.sink.settle-ms", "100")
                .here();
        Failpoints.countedByTheTest(place.folder.resolve("routes"), ROUTES);
        return place;
    }

    /** A migration of its own, its chat, and how it has to end. */
    private final class Place implements AutoCloseable {
        private final String name;
        private final Path folder;
        private final FakeChatProcess chat;
        private final NumberedMigration migration;
        private boolean replays;

        private Place(String name, int rooms, int messages, String... settings) {
            this.name = name;
            folder = KillLoop.this.folder.resolve(name.replace(' ', '-'));
            chat = FakeChatProcess.start(folder.resolve("chat"), settings);
            migration = new NumberedMigration(folder)
                    .size(rooms, messages)
                    .to(chat.port())
                    .on(database);
        }

        /** What comes of a process that has to end at a failpoint. */
        private Result killed(String... options) {
            int status;
            try (var process = migration.apart(options)) {
                status = process.end();
            }
            return result(status == Failpoints.HALTED ? List.of(messages()) : List.of(), 0);
        }

        private long messages() {
            return chat.statistics().path("accepted").path("messages").asLong();
        }

        private Result result(List<Long> killedAt, int missed) {
            var faults = new ArrayList<String>();
            toTheEnd();
            var arithmetic = SetArithmetic.of(migration.sent(), chat.held());
            if (!arithmetic.holds()) {
                faults.add(arithmetic.toString());
            }
            var statistics = chat.statistics();
            if (!statistics.path("doubled").isEmpty()) {
                faults.add("doubled " + statistics.path("doubled"));
            }
            try (var ledger = migration.here().ledger()) {
                var account = ledger.runs().account(1);
                if (!account.equals(undisturbed())) {
                    faults.add("account " + account.counts() + " instead of "
                            + undisturbed().counts());
                }
                var summary = ledger.verifications().last().orElseThrow().summary();
                if (!Summary.verdict(summary).filter(EQUAL::contains).isPresent()) {
                    faults.add("verification says " + summary);
                }
            }
            if (migration.here().run() != Run.State.COMPLETED
                    || !writes(chat.statistics()).equals(writes(statistics))) {
                faults.add("a further run sends something");
            }
            var result = new Result(name, killedAt, missed, faults);
            close();
            if (faults.isEmpty()) {
                remove();
            }
            return result;
        }

        private static Map<String, Long> writes(JsonNode statistics) {
            var writes = new TreeMap<String, Long>();
            statistics.path("requests").fields().forEachRemaining(request -> {
                if (!request.getKey().startsWith("GET")) {
                    writes.put(request.getKey(), request.getValue().asLong());
                }
            });
            return writes;
        }

        /** The first run, whose account is the one to compare, or the replay into it. */
        private void toTheEnd() {
            if (replays) {
                migration.here().replay(Selection.ALL);
            } else {
                migration.here().run();
            }
        }

        private Tally undisturbed() {
            long messages = migration.messages();
            return Tally.NONE
                    .plus("user", Tally.What.READ, 1)
                    .plus("user", Tally.What.DELIVERED, 1)
                    .plus("channel", Tally.What.READ, ROOMS)
                    .plus("channel", Tally.What.DELIVERED, ROOMS)
                    .plus("message", Tally.What.READ, messages)
                    .plus("message", Tally.What.DELIVERED, messages);
        }

        private void remove() {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            chat.close();
        }
    }

    public static void main(String... arguments) throws IOException {
        int most = Integer.parseInt(arguments[1]);
        var database = arguments.length > 2 ? TestDatabase.POSTGRESQL : TestDatabase.SQLITE;
        var folder = Files.createTempDirectory("caravan-kill");
        var loop = new KillLoop(folder, database);
        boolean held = arguments[0].equals("kill")
                ? each(most, loop::atRandom, false)
                : each(most, step -> loop.atStep(Walk.LARGE, step), true)
                        & each(most, step -> loop.atStepOfReplay(Walk.LARGE, step), true);
        System.out.println(held ? "all held" : "what is left of those that did not hold is in " + folder);
        System.exit(held ? 0 : 1);
    }

    /** @param untilNoneIsKilled whether the first that kills nothing is the last */
    private static boolean each(int most, IntFunction<Result> kill, boolean untilNoneIsKilled) {
        int counted = 0;
        int wrong = 0;
        for (int n = 1; n <= most; n++) {
            var result = kill.apply(n);
            System.out.println(result);
            counted += result.counts() ? 1 : 0;
            wrong += result.faults().isEmpty() ? 0 : 1;
            if (untilNoneIsKilled && !result.killed()) {
                break;
            }
        }
        System.out.println(counted + " killed after " + ENOUGH + " messages or more, " + wrong + " with faults");
        return wrong == 0 && counted > 0;
    }
}
