package dev.caravan.connector.slack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;
import dev.caravan.transform.cleanse.ByteRepair;
import org.junit.jupiter.api.Test;

import static dev.caravan.connector.slack.ExportZip.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What is broken in an export is refused alone, with its bytes; what is whole beside it is read. */
class SlackDamageTest extends SlackExportReading {

    @Test
    void afterASyntaxErrorTheRestOfTheFileIsOneRefusal() {
        write(ExportZip.withGeneral()
                .day(DAY, message(ts(T), "a"), "{\"text\": oops}", message(ts(T + 1), "b"))
                .day("2023-11-15", message(ts(T + 86_400), "c")));

        var batches = messages();

        assertThat(texts(batches)).containsExactly("a", "c");
        assertThat(refused(batches)).hasSize(1);
        var refusal = refused(batches).get(0);
        assertThat(refusal.cause()).isEqualTo("json-syntax");
        assertThat(new String(refusal.raw(), UTF_8))
                .startsWith("{\"text\": oops}")
                .endsWith("\"b\",\"ts\":\"1700000001.000000\"}]");
        assertThat(refusal.origin().index()).isEqualTo(1);
        assertThat(refusal.conversation()).isEqualTo("C1");
    }

    @Test
    void aFileCutInTheMiddleKeepsWhatIsWhole() {
        write(ExportZip.withGeneral().with("general/2023-11-14.json", "[" + message(ts(T), "a") + ",{\"text\":\"cut"));

        var batches = messages();

        assertThat(texts(batches)).containsExactly("a");
        assertThat(refused(batches)).extracting(Refusal::cause).containsExactly("json-syntax");
    }

    @Test
    void wellFramedNonsenseIsRefusedAlone() {
        write(ExportZip.withGeneral()
                .day(
                        DAY,
                        "\"a string\"",
                        message(ts(T), "a"),
                        "null",
                        "{\"text\":\"x\",\"text\":\"y\"}",
                        "{\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}",
                        message(ts(T + 1), "b")));

        var batches = messages();

        assertThat(texts(batches)).containsExactly("a", "b");
        assertThat(refused(batches))
                .extracting(Refusal::cause)
                .containsExactlyInAnyOrder("not-an-object", "not-an-object", "duplicate-key", "json-limits");
        assertThat(tally(batches, Tally.What.READ)).isEqualTo(6);
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedAloneUnlessTheyCanBeMended() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(("[" + message(ts(T), "a") + ",").getBytes(UTF_8));
        bytes.write(message(ts(T + 1), "历史").getBytes(Charset.forName("GBK")));
        bytes.write(("," + message(ts(T + 2), "b") + "]").getBytes(UTF_8));
        write(ExportZip.withGeneral().with("general/2023-11-14.json", bytes.toByteArray()));

        var batches = messages();
        assertThat(texts(batches)).containsExactly("a", "b");
        assertThat(refused(batches)).extracting(Refusal::cause).containsExactly("invalid-utf8");

        export.setByteRepair(raw -> Optional.of(
                new ByteRepair.Repaired(new String(raw, Charset.forName("GBK")).getBytes(UTF_8), "encoding-gbk")));
        write(ExportZip.withGeneral().day("2023-11-13").with("general/2023-11-14.json", bytes.toByteArray()));
        var mended = messages();
        assertThat(texts(mended)).containsExactly("a", "历史", "b");
        assertThat(findings(mended))
                .containsExactly(
                        new Finding("encoding-gbk", "message", "C1/1700000001.000000", "general/2023-11-14.json"));
    }

    @Test
    void encodedSurrogatesAndOverlongFormsAreNotUtf8() throws IOException {
        for (var bad :
                List.of(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, new byte[] {(byte) 0xC0, (byte) 0xAF})) {
            var bytes = new ByteArrayOutputStream();
            bytes.write("[{\"text\":\"".getBytes(UTF_8));
            bytes.write(bad);
            bytes.write("\"}]".getBytes(UTF_8));
            Files.deleteIfExists(folder.resolve("a.zip"));
            write(ExportZip.withGeneral().with("general/2023-11-14.json", bytes.toByteArray()));

            assertThat(refused(messages())).extracting(Refusal::cause).containsExactly("invalid-utf8");
        }
    }

    @Test
    void aHugeRecordIsRefusedAloneWithItsBytes() {
        write(ExportZip.withGeneral()
                .day(DAY, message(ts(T), "a"), message(ts(T + 1), "x".repeat(20 << 20)), message(ts(T + 2), "b")));

        export.setMaxRatio(2_000);
        var batches = messages();

        assertThat(texts(batches)).containsExactly("a", "b");
        assertThat(refused(batches)).hasSize(1);
        assertThat(refused(batches).get(0).cause()).isEqualTo("record-too-large");
        assertThat(refused(batches).get(0).raw()).hasSizeGreaterThan(20 << 20);
    }

    @Test
    void anEntryWithAWrongChecksumIsOneRefusalAndTheOthersGoOn() throws IOException {
        var file = ExportZip.withGeneral()
                .day(DAY, message(ts(T), "damaged"))
                .day("2023-11-15", message(ts(T + 86_400), "b"))
                .write(folder, "a.zip");
        var bytes = Files.readAllBytes(file);
        int central = indexOf(bytes, "general/2023-11-14.json".getBytes(UTF_8), bytes.length / 2) - 46;
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(central))
                .isEqualTo(0x02014b50);
        bytes[central + 16] ^= 1;
        Files.write(file, bytes);
        path(file);

        var batches = messages();

        assertThat(texts(batches)).containsExactly("b");
        assertThat(refused(batches)).extracting(Refusal::cause).containsExactly("entry-damaged");
        assertThat(refused(batches).get(0).origin().entry()).isEqualTo("general/2023-11-14.json");
        assertThat(new String(refused(batches).get(0).raw(), UTF_8)).contains("damaged");
    }

    @Test
    void noFlippedByteLosesAMessageSilently() throws IOException {
        var file = ExportZip.withGeneral()
                .day(DAY, message(ts(T), "a"), message(ts(T + 1), "b"))
                .day("2023-11-15", message(ts(T + 86_400), "c"))
                .write(folder, "a.zip");
        var sound = Files.readAllBytes(file);
        path(file);
        var expected = everything();

        for (int i = 0; i < sound.length; i++) {
            var bytes = sound.clone();
            bytes[i] ^= 0x10;
            Files.write(file, bytes);
            assertThat(everything())
                    .as("byte %d", i)
                    .satisfiesAnyOf(
                            told -> assertThat(told).isEqualTo(expected),
                            told -> assertThat(told).last().asString().startsWith("told: "));
        }
    }

    /** All texts, and at the end whether something was said about what is missing. */
    private List<String> everything() {
        var fresh = new SlackExport();
        fresh.setPath(folder.resolve("a.zip").toString());
        var told = new ArrayList<String>();
        var texts = new ArrayList<String>();
        try (var channels = fresh.read(new ReadRequest(Kind.CHANNEL, Lane.WHOLE, null))) {
            while (channels.hasNext()) {
                var batch = channels.next();
                batch.findings().forEach(finding -> told.add(finding.rule()));
                batch.refused().forEach(refusal -> told.add(refusal.cause()));
                for (var channel : batch.items()) {
                    var lane = Lane.of(channel.source().path("id").asText());
                    try (var messages = fresh.read(new ReadRequest(Kind.MESSAGE, lane, null))) {
                        messages.forEachRemaining(b -> {
                            b.items()
                                    .forEach(item ->
                                            texts.add(item.source().path("text").asText()));
                            b.findings().forEach(finding -> told.add(finding.rule()));
                            b.refused().forEach(refusal -> told.add(refusal.cause()));
                        });
                    }
                }
            }
        } catch (Problem e) {
            told.add(e.code());
        }
        if (!told.isEmpty()) {
            texts.add("told: " + told);
        }
        return texts;
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (java.util.Arrays.equals(
                    bytes, i, Math.min(bytes.length, i + wanted.length), wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }
}
