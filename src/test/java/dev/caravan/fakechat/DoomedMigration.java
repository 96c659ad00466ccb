package dev.caravan.fakechat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Failpoints;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.migration.letters.Selection;
import dev.caravan.migration.verification.Summary;
import dev.caravan.model.Tally;

/** A migration of its own, its chat, and how it has to end. */
final class DoomedMigration implements AutoCloseable {

    private static final Set<String> EQUAL = Set.of("equal", "equal-by-rule");

    private final String name;
    final Path folder;
    final FakeChatProcess chat;
    final NumberedMigration migration;
    private final int rooms;
    /** Whether a replay brings it to its end. */
    boolean replays;

    DoomedMigration(String name, Path folder, TestDatabase database, int rooms, int messages, String... settings) {
        this.name = name;
        this.folder = folder;
        this.rooms = rooms;
        chat = FakeChatProcess.start(folder.resolve("chat"), settings);
        migration = new NumberedMigration(folder)
                .size(rooms, messages)
                .to(chat.port())
                .on(database);
    }

    /** What comes of a process that has to end at a failpoint. */
    KillLoop.Result killed(String... options) {
        int status;
        try (var process = migration.apart(options)) {
            status = process.end();
        }
        return result(status == Failpoints.HALTED ? List.of(messages()) : List.of(), 0);
    }

    long messages() {
        return chat.statistics().path("accepted").path("messages").asLong();
    }

    KillLoop.Result result(List<Long> killedAt, int missed) {
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
        var result = new KillLoop.Result(name, killedAt, missed, faults);
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
                .plus("channel", Tally.What.READ, rooms)
                .plus("channel", Tally.What.DELIVERED, rooms)
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
