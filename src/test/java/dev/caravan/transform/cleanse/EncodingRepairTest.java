package dev.caravan.transform.cleanse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EncodingRepairTest {

    private static final Charset GBK = Charset.forName("GBK");
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private final ByteRepair repair =
            Cleansing.load(Path.of("routes"), Instant.EPOCH).byteRepair();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u4eca\u5929\u5f00\u4f1a",
                "\u597d\u7684\uff0cok",
                "a \u4e2d b",
                "\u8bf7\u67e5\u6536 \\\"\u6587\u4ef6\\\""
            })
    void shouldReadGbk(String text) {
        var record = "{\"text\":\"" + text + "\",\"ts\":\"1\"}";
        assertThat(repair.repair(record.getBytes(GBK)))
                .hasValueSatisfying(repaired -> assertThat(repaired.ruleId()).isEqualTo("encoding"))
                .hasValueSatisfying(
                        repaired -> assertThat(utf8(repaired.utf8())).isEqualTo(record));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caf\u00e9",
                "d\u00e9j\u00e0 vu",
                "\u00c9t\u00e9s",
                "Z\u00fcrich \u2013 Gen\u00e8ve",
                "5 \u20ac",
                "it\u2019s \u201cfine\u201d",
                "stra\u00dfe",
                "ma\u00f1ana"
            })
    void shouldReadWindows1252(String text) {
        var record = "{\"text\":\"" + text + "\"}";
        assertThat(repair.repair(record.getBytes(WINDOWS)))
                .hasValueSatisfying(
                        repaired -> assertThat(utf8(repaired.utf8())).isEqualTo(record));
    }

    @Test
    void shouldKeepTheStringsThatAreUtf8AndDropTheMark() {
        var raw = new ByteArrayOutputStream();
        raw.writeBytes(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
        raw.writeBytes("{\"a\":\"\u00e9\u4e2d\",\"b\":\"".getBytes(StandardCharsets.UTF_8));
        raw.writeBytes("\u4eca\u5929\u5f00\u4f1a".getBytes(GBK));
        raw.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(repair.repair(raw.toByteArray())).hasValueSatisfying(repaired -> assertThat(utf8(repaired.utf8()))
                .isEqualTo("{\"a\":\"\u00e9\u4e2d\",\"b\":\"\u4eca\u5929\u5f00\u4f1a\"}"));
    }

    @Test
    void shouldHardlyEverTakeNoiseForText() {
        var random = new Random(7);
        int taken = 0;
        for (int i = 0; i < 5_000; i++) {
            var noise = new byte[24];
            random.nextBytes(noise);
            noise[5] = (byte) 0xff;
            taken += repair.repair(noise).isPresent() ? 1 : 0;
        }
        assertThat(taken).isLessThan(3);
    }

    @Test
    void shouldRefuseACutSequenceOfUtf8AndProposeWithoutTheText() {
        var cut = "{\"text\":\"\u4e2d\u6587\u6d88\u606f".getBytes(StandardCharsets.UTF_8);
        var raw = Arrays.copyOf(cut, cut.length - 1);
        assertThat(repair.repair(raw)).isEmpty();
        assertThat(repair.proposal("\"\u00d6\u00d0".getBytes(WINDOWS)))
                .isEqualTo("not valid UTF-8; could be read as gb18030 or windows-1252 without loss, but not surely");
        assertThat(repair.proposal(new byte[] {(byte) 0xff, (byte) 0x81, '"'})).contains("nor any encoding");
    }

    @Test
    void shouldReadMostGbkTextsAndNoneWrongly() {
        var random = new Random(11);
        int read = 0;
        for (int i = 0; i < 5_000; i++) {
            var text = ValidTexts.EVERYDAY.text(random);
            var raw = text.getBytes(GBK);
            if (Utf8.decode(raw) == null) {
                var repaired = repair.repair(raw);
                read += repaired.isPresent() ? 1 : 0;
                repaired.ifPresent(r -> assertThat(utf8(r.utf8())).isEqualTo(text));
            }
        }
        assertThat(read).isGreaterThan(4_500);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
