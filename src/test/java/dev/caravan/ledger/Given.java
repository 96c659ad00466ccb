package dev.caravan.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import dev.caravan.model.Kind;
import dev.caravan.model.Origin;
import dev.caravan.model.Refusal;
import dev.caravan.model.Sha256;
import dev.caravan.model.StageSlot;

/** Examples the ledger's tests share. */
final class Given {

    private Given() {}

    static Row message(int lane, long time) {
        return message(lane, new Key(time, "m" + time), null);
    }

    static Row message(int lane, Key key, Key root) {
        return new Row(
                Kind.MESSAGE,
                lane,
                key,
                key.time(),
                hash(key.id()),
                new byte[] {1, 2, 3},
                root,
                new StageSlot(lane, key.time() * 10, 10),
                1,
                null,
                RecordState.DELIVERED,
                1);
    }

    static List<Row> messages(int lane, int fromTime, int untilTime) {
        return IntStream.range(fromTime, untilTime)
                .mapToObj(time -> message(lane, time))
                .toList();
    }

    static byte[] hash(String content) {
        return Arrays.copyOf(Sha256.of(content.getBytes(StandardCharsets.UTF_8)), 16);
    }

    static Refusal refusal(String id, String raw, String cause) {
        return new Refusal(
                Kind.MESSAGE,
                null,
                id,
                "C1",
                7,
                new Origin("export.zip", "general/2020-01-01.json", 3, 99),
                raw.getBytes(StandardCharsets.UTF_8),
                null,
                "cleanse",
                cause,
                "no time");
    }
}
