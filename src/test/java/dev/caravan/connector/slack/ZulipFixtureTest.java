package dev.caravan.connector.slack;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import com.schibsted.spt.data.jslt.Parser;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ZulipFixtureTest {

    private static final Path FIXTURE = Path.of("src/test/resources/slack/zulip-fixture.zip");

    private SlackExport export() {
        var export = new SlackExport();
        export.setPath(FIXTURE.toString());
        return export;
    }

    private List<Item> messages(SlackExport export) {
        try (var channels = export.read(new ReadRequest(Kind.CHANNEL, Lane.WHOLE, null))) {
            return channels.next().items().stream()
                    .map(channel -> channel.source().path("id").asText())
                    .flatMap(id -> {
                        try (var reader = export.read(new ReadRequest(Kind.MESSAGE, Lane.of(id), null))) {
                            var batch = reader.next();
                            assertThat(reader.hasNext()).isFalse();
                            assertThat(batch.refused()).isEmpty();
                            assertThat(batch.tally().of("message", Tally.What.FILTERED))
                                    .isZero();
                            return batch.items().stream();
                        }
                    })
                    .toList();
        }
    }

    @Test
    void all91MessagesAreReadAndTheSecondCounterAgrees() {
        var counted = new AtomicLong();
        new ElementCounter().count(FIXTURE, (folder, day, elements, broken) -> {
            assertThat(broken).isFalse();
            counted.addAndGet(elements);
        });

        assertThat(messages(export())).hasSize(91);
        assertThat(counted).hasValue(91);
    }

    @Test
    void everyMessageBecomesCanonicalUnderItsOwnIdAndNoTokenIsLeft() {
        var mapping = Parser.compile(
                Path.of("routes/mappings/slack-export/from/message.jslt").toFile(),
                new SlackFunctions().functions(Path.of("routes")));
        var ids = new HashSet<String>();
        for (var item : messages(export())) {
            var canonical = mapping.apply(item.source());
            assertThat(canonical.path("author").asText()).isNotEmpty();
            assertThat(ids.add(canonical.path("id").asText())).isTrue();
            assertThat(canonical.path("findings").isMissingNode()).isTrue();
            assertThat(canonical.toString() + new String(item.raw(), StandardCharsets.UTF_8))
                    .doesNotContain("xox");
        }
        assertThat(ids).hasSize(91);
    }
}
