package dev.caravan.fakechat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

import dev.caravan.Failpoints;
import dev.caravan.command.LiveRun;
import dev.caravan.ledger.TestDatabase;

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
        try (var doomed = doomed("seed " + seed, MESSAGES, "latency-ms=" + LATENCY_MS)) {
            int kills = 1 + random.nextInt(MOST_KILLS);
            long all = doomed.migration.messages();
            long latest = all * 9 / 10;
            long from = all / 3;
            for (int kill = 0; kill < kills && from < latest; kill++) {
                from += (long) (random.nextDouble() * (latest - from));
                try (var process = doomed.migration.apart()) {
                    while (process.lives() && doomed.messages() < from) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                    }
                    LockSupport.parkNanos(random.nextInt((int) TimeUnit.MILLISECONDS.toNanos(10)));
                    process.signal("KILL");
                    long taken = process.end() == Failpoints.HALTED ? doomed.messages() : all;
                    if (taken < all) {
                        killedAt.add(taken);
                    } else {
                        missed++;
                    }
                    from = taken;
                }
            }
            return doomed.result(killedAt, missed);
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
        try (var doomed = stepwise("step " + step, walk)) {
            int last = ROOMS * walk.batchesInARoom();
            doomed.chat.faults(
                    Fault.of("lost", SEND, "reply-lost").after(last - 3).times(2));
            return doomed.killed(
                    "-D" + Failpoints.PROPERTY + "=" + step, "-D" + StepsAfter.PROPERTY + "=" + walk.countedAfter);
        }
    }

    /**
     * The same for a replay. The last message of each room was refused, so that it still takes its place; of those the first
     * reply is lost.
     */
    Result atStepOfReplay(Walk walk, int step) {
        try (var doomed = stepwise("step " + step + " of replay", walk)) {
            for (int room = 0; room < ROOMS; room++) {
                doomed.chat.faults(Fault.of("refused" + room, SEND, "error-in-200")
                        .every(walk.inABatch, "policy")
                        .channel(NumberedRooms.room(room))
                        .after(walk.batchesInARoom() - 1));
            }
            doomed.migration.here().run();
            doomed.replays = true;
            doomed.chat.faults(Fault.of("lost", SEND, "reply-lost"));
            return doomed.killed("-D" + Failpoints.PROPERTY + "=" + step, "-D" + LiveRun.REPLAY + "=true");
        }
    }

    private DoomedMigration doomed(String name, int messages, String... settings) {
        return new DoomedMigration(name, folder.resolve(name.replace(' ', '-')), database, ROOMS, messages, settings);
    }

    private DoomedMigration stepwise(String name, Walk walk) {
        var doomed = doomed(name, walk.inEachRoom);
        doomed.migration
                .with("caravan.source.records-per-batch", Integer.toString(walk.inABatch))
                .with("caravan.sink.settle-ms", "100")
                .here();
        Failpoints.countedByTheTest(doomed.folder.resolve("routes"), ROUTES);
        return doomed;
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
