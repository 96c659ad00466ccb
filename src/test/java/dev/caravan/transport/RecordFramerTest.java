package dev.caravan.transport;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class RecordFramerTest {

    private static RecordFramer framer(String json) {
        return new RecordFramer(new ByteArrayInputStream(json.getBytes(UTF_8)), 100, 1_000);
    }

    private static List<String> frames(RecordFramer framer) throws IOException {
        var frames = new ArrayList<String>();
        for (var shape = framer.next(); shape != RecordFramer.Shape.END; shape = framer.next()) {
            var raw = shape == RecordFramer.Shape.BROKEN ? framer.rest() : framer.raw();
            frames.add(shape + "@" + framer.offset() + "#" + framer.index() + " " + new String(raw, UTF_8));
        }
        return frames;
    }

    @Test
    void elementsOfEveryKindAreCut() throws IOException {
        assertThat(frames(framer(" [ {\"a\":[1,{}]} ,\"x\\\"]\",12,null , [\"}\"] ] \n")))
                .containsExactly(
                        "WHOLE@3#0 {\"a\":[1,{}]}",
                        "WHOLE@17#1 \"x\\\"]\"",
                        "WHOLE@24#2 12",
                        "WHOLE@27#3 null",
                        "WHOLE@34#4 [\"}\"]");
    }

    @Test
    void aByteOrderMarkIsSkipped() throws IOException {
        assertThat(frames(framer("\uFEFF[{}]"))).containsExactly("WHOLE@4#0 {}");
    }

    @Test
    void emptyArraysHaveNoElements() throws IOException {
        assertThat(frames(framer("[]"))).isEmpty();
        assertThat(frames(framer(" [ ] "))).isEmpty();
    }

    @Test
    void whatIsNoArrayIsBrokenFromItsStart() throws IOException {
        assertThat(frames(framer(""))).containsExactly("BROKEN@0#-1 ");
        assertThat(frames(framer("{\"a\":1}"))).containsExactly("BROKEN@0#-1 {\"a\":1}");
    }

    @Test
    void theRestBehindAMissingCommaIsBroken() throws IOException {
        assertThat(frames(framer("[{} {}, {}]"))).containsExactly("WHOLE@1#0 {}", "BROKEN@3#1  {}, {}]");
        assertThat(frames(framer("[{},]"))).containsExactly("WHOLE@1#0 {}", "BROKEN@4#1 ]");
        assertThat(frames(framer("[{}] x"))).containsExactly("WHOLE@1#0 {}", "BROKEN@4#1  x");
    }

    @Test
    void anElementThatDoesNotEndIsBroken() throws IOException {
        assertThat(frames(framer("[1,{\"a\":\"]"))).containsExactly("WHOLE@1#0 1", "BROKEN@3#1 {\"a\":\"]");
        assertThat(frames(framer("[1"))).containsExactly("BROKEN@1#0 1");
    }

    @Test
    void aLongElementIsPassedOverAndItsBeginningKept() throws IOException {
        var longOne = "\"" + "x".repeat(50_000) + "\"";
        var frames = frames(framer("[1," + longOne + ",{\"b\":2}]"));

        assertThat(frames.get(0)).isEqualTo("WHOLE@1#0 1");
        assertThat(frames.get(1)).startsWith("TOO_LONG@3#1 \"xxx").hasSize("TOO_LONG@3#1 ".length() + 1_000);
        assertThat(frames.get(2)).isEqualTo("WHOLE@50006#2 {\"b\":2}");
    }

    @Property(tries = 200)
    void whateverTheTextsAndTheChunksTheElementsAreCutWhereTheyWereJoined(
            @ForAll @Size(max = 40) List<String> texts, @ForAll @IntRange(min = 1, max = 5_000) int chunk)
            throws IOException {
        var json = new ObjectMapper();
        var parts = new ArrayList<String>();
        for (var text : texts) {
            parts.add(json.writeValueAsString(List.of(text, "\\\"]}")));
        }
        var bytes = ("[" + String.join(" ,\n", parts) + "]").getBytes(UTF_8);
        var framer = new RecordFramer(new Dripping(bytes, chunk), 1 << 20, 1 << 20);

        for (var part : parts) {
            assertThat(framer.next()).isEqualTo(RecordFramer.Shape.WHOLE);
            assertThat(framer.raw()).isEqualTo(part.getBytes(UTF_8));
            int at = (int) framer.offset();
            assertThat(Arrays.copyOfRange(bytes, at, at + framer.raw().length)).isEqualTo(framer.raw());
        }
        assertThat(framer.next()).isEqualTo(RecordFramer.Shape.END);
    }

    /** Gives at most some bytes at a time. */
    private static final class Dripping extends FilterInputStream {
        private final int chunk;

        Dripping(byte[] bytes, int chunk) {
            super(new ByteArrayInputStream(bytes));
            this.chunk = chunk;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            InputStream source = in;
            return source.read(into, offset, Math.min(length, chunk));
        }
    }
}
