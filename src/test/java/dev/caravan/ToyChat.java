package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import dev.caravan.ledger.LetterFilter;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.RecordRefused;
import dev.caravan.model.Tally;

/** One room of numbered messages, and a sink that takes a batch wholly or not at all. */
final class ToyChat {

    final AllOrNothing sink = new AllOrNothing();
    final TestMigration migration;

    /**
     * @param messages how many
     * @param broken the lines that are no JSON
     */
    ToyChat(Path folder, int messages, Set<Integer> broken, int batchSize) {
        migration = new TestMigration(folder)
                .with("caravan.source.kind", "toychat")
                .with("caravan.source.path", chat(folder, messages, broken).toString())
                .with("caravan.sink.kind", "list")
                .bean("listSink", sink)
                .route(
                        "kamelets/toychat-read-action.kamelet.yaml",
                        ToySourceTest.TOYCHAT.replace(
                                "path: '{{path}}'", "path: '{{path}}'\n          batchSize: " + batchSize))
                .route(
                        "mappings/toychat/from/message.jslt",
                        """
                        {"kind": "message", "id": .says, "channel": "lobby", "author": "ann",
                         "time": .at * 1000000, "text": .says, "type": "text"}
                        """)
                .route("kamelets/list-sink.kamelet.yaml", ToySourceTest.ListSink.KAMELET)
                .route("mappings/list/to/message.jslt", ".text")
                .route("mappings/list/to/user.jslt", "\"user\"")
                .route("mappings/list/to/channel.jslt", "\"channel\"");
    }

    private static Path chat(Path folder, int messages, Set<Integer> broken) {
        var lines = IntStream.range(0, messages)
                .mapToObj(n -> broken.contains(n)
                        ? "no json " + n
                        : "{\"at\":%d,\"says\":\"%d\"}".formatted(1_700_000_000 + n, n))
                .toList();
        try {
            return Files.write(folder.resolve("chat.jsonl"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Integer> allBut(int messages, Set<Integer> without) {
        return IntStream.range(0, messages)
                .filter(n -> !without.contains(n))
                .boxed()
                .toList();
    }

    long count(Tally.What what) {
        try (var ledger = migration.ledger()) {
            return ledger.runs().account(1).of("message", what);
        }
    }

    /** Source ids of the dead letters. */
    Set<Integer> dead() {
        var ids = new TreeSet<Integer>();
        migration
                .letters()
                .list(LetterFilter.ALL, 0, 1000)
                .forEach(letter -> ids.add(Integer.valueOf(letter.sourceId())));
        return ids;
    }

    /** Named by the Kamelet of {@link ToySourceTest.ListSink}. */
    public static final class AllOrNothing {

        final List<Integer> delivered = new ArrayList<>();
        /** Refused for good. */
        final Set<Integer> poisoned = new TreeSet<>();
        /** Messages after which it fails, until {@link #failures} is used up. */
        int failsAfter = Integer.MAX_VALUE;

        int failures;
        int calls;

        public Batch send(Batch batch) throws IOException, RecordRefused {
            if (batch.kind() == Kind.MESSAGE) {
                var numbers = batch.items().stream()
                        .map(item -> Integer.valueOf(item.id()))
                        .toList();
                calls++;
                if (delivered.size() + numbers.size() > failsAfter && failures > 0) {
                    failures--;
                    throw new IOException("the line is dead");
                }
                if (numbers.stream().anyMatch(poisoned::contains)) {
                    throw new RecordRefused("poisoned", "a record in the batch");
                }
                delivered.addAll(numbers);
            }
            return batch.withItems(batch.items().stream()
                    .map(item -> item.withOutcome(new Outcome.Accepted(null, null)))
                    .toList());
        }
    }
}
