package dev.caravan.transform.cleanse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlainJsonTest {

    /** Every byte, and every escape, at every place of a word of eight. */
    @Test
    void shouldNeverProveATextPlainThatIsNot() throws IOException {
        var json = new ObjectMapper();
        var random = new Random(3);
        int proven = 0;
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                int c = random.nextInt(30) == 0 ? random.nextInt(0x110) : 0x20 + random.nextInt(0x5f);
                text.append((char) c);
            }
            var record = json.writeValueAsBytes(json.createArrayNode().add(new TextNode(text.toString())));
            boolean plain = text.chars().allMatch(c -> c == '\n' || c == '\t' || c >= 0x20 && c < 0x7f);
            assertThat(PlainJson.proves(record))
                    .as(new String(record, StandardCharsets.UTF_8))
                    .isEqualTo(plain);
            proven += plain ? 1 : 0;
        }
        assertThat(proven).isBetween(20_000, 180_000);
    }

    @Test
    void shouldProveNothingOfWhatIsNoJson() {
        assertThat(PlainJson.proves("<a>&#1;</a>".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(PlainJson.proves(new byte[0])).isFalse();
        assertThat(PlainJson.proves("{\"a\":\"\\".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(PlainJson.proves("{\"a\":\"\\u0001\"}".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }
}
