package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.model.StageSlot;
import dev.caravan.model.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MattermostStageTest {

    @TempDir
    Path folder;

    private final MattermostStage stage = new MattermostStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldAnswerWhereEachPayloadLies() throws IOException {
        stage.open(folder, Map.of());

        var first = slots(stage.deliver(batch("one", "three")));
        var second = slots(stage.deliver(batch("x")));

        assertThat(first).containsExactly(new StageSlot(0, 0, 3), new StageSlot(0, 3, 5));
        assertThat(second).containsExactly(new StageSlot(0, 8, 1));
        assertThat(content(0)).isEqualTo("onethreex");
    }

    @Test
    void shouldCutOffWhatNoCheckpointKnows() throws IOException {
        stage.open(folder, Map.of());
        stage.deliver(batch("kept", "lost"));
        stage.close();
        Files.writeString(folder.resolve("stage/000007.segment"), "never committed");

        stage.open(folder, Map.of(0, 4L));

        assertThat(content(0)).isEqualTo("kept");
        assertThat(folder.resolve("stage/000007.segment")).doesNotExist();
        assertThat(slots(stage.deliver(batch("more")))).containsExactly(new StageSlot(0, 4, 4));
    }

    @Test
    void shouldRefuseAStageThatLacksWhatTheLedgerRecorded() throws IOException {
        stage.open(folder, Map.of());
        stage.deliver(batch("kept"));
        stage.close();

        assertThatThrownBy(() -> stage.open(folder, Map.of(0, 99L)))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-401");
    }

    @Test
    void shouldSayWhichFolderCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("stage"), "a file where the folder belongs");

        assertThatThrownBy(() -> stage.open(folder, Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-400")
                .hasMessageContaining(folder.resolve("stage").toString());
    }

    @Test
    void shouldGiveEachThreadASegmentOfItsOwn() throws IOException {
        stage.open(folder, Map.of());
        var read = new ConcurrentHashMap<StageSlot, String>();

        IntStream.range(0, 200).parallel().forEach(i -> {
            String payload = "payload " + i;
            slots(stage.deliver(batch(payload))).forEach(slot -> read.put(slot, payload));
        });

        assertThat(read).hasSize(200);
        try (var reader = new StageReader(folder.resolve("stage"))) {
            for (var entry : read.entrySet()) {
                assertThat(new String(reader.read(entry.getKey()), StandardCharsets.UTF_8))
                        .isEqualTo(entry.getValue());
            }
        }
    }

    @Test
    void shouldReadBackPayloadsLargerThanABlock() throws IOException {
        stage.open(folder, Map.of());
        String large = "x".repeat(100_000);
        var slots = slots(stage.deliver(batch("a", large, "b")));

        try (var reader = new StageReader(folder.resolve("stage"))) {
            assertThat(reader.read(slots.get(2))).isEqualTo(bytes("b"));
            assertThat(reader.read(slots.get(1))).isEqualTo(bytes(large));
            assertThat(reader.read(slots.get(0))).isEqualTo(bytes("a"));
        }
    }

    private String content(int segment) throws IOException {
        return Files.readString(folder.resolve("stage/%06d.segment".formatted(segment)));
    }

    private static Batch batch(String... payloads) {
        var items = Stream.of(payloads)
                .map(payload -> Item.read(new Origin("a", "b", 0, -1), new byte[0], null)
                        .withTarget(new Target(bytes(payload), new byte[16], 1, List.of(), null, null)))
                .toList();
        return Batch.read(Kind.MESSAGE, Lane.WHOLE, null, null, items, List.of());
    }

    private static List<StageSlot> slots(Batch batch) {
        return batch.items().stream()
                .map(item -> ((Outcome.Accepted) item.outcome()).stage())
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
