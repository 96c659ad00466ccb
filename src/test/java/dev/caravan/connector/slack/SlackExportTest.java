package dev.caravan.connector.slack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Refusal;
import dev.caravan.model.Span;
import dev.caravan.model.Tally;
import dev.caravan.transform.cleanse.ByteRepair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.caravan.connector.slack.ExportZip.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SlackExportTest {

    /** 2023-11-14, 22:13:20 UTC. */
    private static final long T = 1_700_000_000L;

    private static final String DAY = "2023-11-14";

    @TempDir
    Path folder;

    private final SlackExport export = new SlackExport();

    private static String ts(long second) {
        return second + ".000000";
    }

    private List<Batch> read(Kind kind, Lane lane, String position) {
        if (export.getCamelContext() == null) {
            export.setWorkDir(folder.resolve("spool").toString());
        }
        var batches = new ArrayList<Batch>();
        try (var reader = export.read(new ReadRequest(kind, lane, position))) {
            reader.forEachRemaining(batches::add);
        }
        return batches;
    }

    private List<Batch> messages() {
        return read(Kind.MESSAGE, Lane.of("C1"), null);
    }

    private static List<String> texts(List<Batch> batches) {
        return batches.stream()
                .flatMap(batch -> batch.items().stream())
                .map(item -> item.source().path("text").asText())
                .toList();
    }

    private static List<Refusal> refused(List<Batch> batches) {
        return batches.stream().flatMap(batch -> batch.refused().stream()).toList();
    }

    private static List<Finding> findings(List<Batch> batches) {
        return batches.stream().flatMap(batch -> batch.findings().stream()).toList();
    }

    private static long tally(List<Batch> batches, Tally.What what) {
        return batches.stream()
                .mapToLong(batch -> batch.tally().of("message", what))
                .sum();
    }

    private void path(Path... files) {
        export.setPath(
                String.join(", ", List.of(files).stream().map(Path::toString).toList()));
    }

    private void write(ExportZip zip) {
        path(zip.write(folder, "a.zip"));
    }

    @Test
    void messagesComeInTheOrderOfTheirTimeHoweverTheFileIsSorted() {
        write(ExportZip.withGeneral()
                .day(DAY, message(ts(T + 2), "b"), message(ts(T), "a"))
                .day("2023-11-15", message(ts(T + 86_400), "c")));

        var batches = messages();

        assertThat(texts(batches)).containsExactly("a", "b", "c");
        assertThat(batches.get(0)
                        .items()
                        .get(0)
                        .source()
                        .path(Item.CONTEXT)
                        .path("channel")
                        .asText())
                .isEqualTo("C1");
        assertThat(batches.get(0).items().get(0).origin())
                .isEqualTo(new Origin(
                        "a.zip",
                        "general/2023-11-14.json",
                        1,
                        1 + message(ts(T), "b").length() + 2));
        assertThat(batches.get(batches.size() - 1).position()).isEqualTo("end");
        assertThat(tally(batches, Tally.What.READ)).isEqualTo(3);
    }

    @Test
    void aReadGoesOnExactlyBehindAnyOfItsBatches() {
        var zip = ExportZip.withGeneral();
        for (int day = 10; day < 20; day++) {
            var messages = new ArrayList<String>();
            for (int i = 0; i < 7; i++) {
                messages.add(message(ts(T + (day - 14) * 86_400L - i / 2), day + "." + i));
            }
            zip.day("2023-11-" + day, messages.toArray(String[]::new));
        }
        write(zip.with("general/2023-11-20.json", "[1, {\"text\":\"no time\"}, 2]"));
        export.setBatchSize(3);
        var whole = messages();
        assertThat(whole).hasSizeGreaterThan(10);

        for (int i = 0; i < whole.size(); i++) {
            var rest = read(Kind.MESSAGE, Lane.of("C1"), whole.get(i).position());
            assertThat(texts(rest)).isEqualTo(texts(whole.subList(i + 1, whole.size())));
            assertThat(refused(rest)).hasSameSizeAs(refused(whole.subList(i + 1, whole.size())));
            assertThat(rest.stream().map(Batch::span))
                    .isEqualTo(whole.subList(i + 1, whole.size()).stream()
                            .map(Batch::span)
                            .toList());
        }
    }

    @Test
    void recordsOfOneTimeStayInOneBatch() {
        write(ExportZip.withGeneral()
                .with("channels.json", "[{\"id\":\"C1\",\"name\":\"general\"},{\"id\":\"C2\",\"name\":\"other\"}]")
                .day(DAY, message(ts(T), "a"), message(ts(T + 1), "b"))
                .with("other/2023-11-14.json", "[" + message(ts(T + 1), "c") + "," + message(ts(T + 2), "d") + "]"));
        export.setBatchSize(2);

        var batches = read(Kind.MESSAGE, new Lane("C1", List.of("C1", "C2")), null);

        assertThat(texts(batches.subList(0, 1))).containsExactly("a", "b", "c");
        assertThat(texts(batches.subList(1, 2))).containsExactly("d");
    }

    @Test
    void aFloodOfRecordsWithoutTimeIsCutAndGoesOnWhereItWasCut() {
        var messages = new ArrayList<String>(List.of(message(ts(T), "first")));
        for (int i = 0; i < 50; i++) {
            messages.add("{\"text\":\"" + i + "\"}");
        }
        write(ExportZip.withGeneral().day(DAY, messages.toArray(String[]::new)));
        export.setBatchSize(2);

        var batches = messages();

        assertThat(batches).allMatch(batch -> batch.items().size() <= 8);
        assertThat(texts(batches)).hasSize(51).startsWith("first", "0", "1");
        for (int i = 0; i < batches.size(); i++) {
            var rest = read(Kind.MESSAGE, Lane.of("C1"), batches.get(i).position());
            assertThat(texts(rest)).isEqualTo(texts(batches.subList(i + 1, batches.size())));
        }
    }

    @Test
    void overlappingExportsGiveAMessageOnceAndTheLaterEditWins() throws IOException {
        var old = message(ts(T), "first").replace("}", ",\"edited\":{\"ts\":\"" + ts(T + 50) + "\"}}");
        var edited = message(ts(T + 1), "edited").replace("}", ",\"edited\":{\"ts\":\"" + ts(T + 90) + "\"}}");
        var a = ExportZip.withGeneral()
                .day(DAY, old, edited, message(ts(T + 2), "same"), message(ts(T + 3), "a's"))
                .write(folder, "a.zip");
        var b = ExportZip.withGeneral()
                .day(DAY, message(ts(T), "unedited"), message(ts(T + 1), "older"))
                .day("2023-11-15", message(ts(T + 2), "same"), message(ts(T + 3), "b's"), message(ts(T + 9), "new"))
                .write(folder, "b.zip");
        path(b, a);

        var batches = messages();

        assertThat(texts(batches)).containsExactly("first", "edited", "same", "b's", "new");
        assertThat(tally(batches, Tally.What.READ)).isEqualTo(9);
        assertThat(tally(batches, Tally.What.FILTERED)).isEqualTo(4);
        assertThat(findings(batches))
                .extracting(Finding::rule, Finding::sourceId)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("superseded", "C1/1700000000.000000"),
                        org.assertj.core.groups.Tuple.tuple("superseded", "C1/1700000001.000000"),
                        org.assertj.core.groups.Tuple.tuple("superseded", "C1/1700000003.000000"));
        assertThat(findings(batches).get(0).detail()).matches("[0-9a-f]{64}");
    }

    @Test
    void aRecordWithoutUsableTimeStaysBesideItsNeighbour() {
        write(ExportZip.withGeneral()
                .day(
                        DAY,
                        message(ts(T + 5), "late"),
                        message(ts(T), "a"),
                        "{\"text\":\"none\"}",
                        "{\"text\":\"number\",\"ts\":" + (T + 1) + ".5}",
                        "{\"text\":\"shape\",\"ts\":{\"a\":1}}",
                        message("99999999999.000000", "year 5138")));

        var batches = messages();

        assertThat(texts(batches)).containsExactly("a", "none", "number", "shape", "year 5138", "late");
        assertThat(findings(batches)).extracting(Finding::rule).containsExactly("ts-outside-day");
    }

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
    void daysThatDoNotFitOnTheHeapAreReadFromTheSpoolAndLeaveNothingBehind() throws IOException {
        var messages = new ArrayList<String>();
        for (int i = 0; i < 2_000; i++) {
            messages.add(message(ts(T - i), "m" + i));
        }
        write(ExportZip.withGeneral().day(DAY, messages.toArray(String[]::new)));
        var onHeap = texts(messages());

        Files.createDirectory(folder.resolve("spool"));
        export.setMaxHeapBytes(10_000);
        assertThat(texts(messages())).isEqualTo(onHeap).hasSize(2_000).startsWith("m1999");
        try (var left = Files.list(folder.resolve("spool"))) {
            assertThat(left).isEmpty();
        }
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

    @Test
    void spansCoverAllDaysOfTheExportAlsoThoseTheConversationIsSilentOn() {
        write(ExportZip.withGeneral()
                .with(
                        "channels.json",
                        "[{\"id\":\"C1\",\"name\":\"general\"},{\"id\":\"C2\",\"name\":\"other\"},{\"id\":\"C3\",\"name\":\"none\"}]")
                .with("other/2023-11-01.json", "[]")
                .day(DAY, message(ts(T), "a"))
                .with("other/2023-11-30.json", "[]"));
        var covered = new Span(1_698_840_000_000_000L, 1_701_338_400_000_000L);

        assertThat(messages()).extracting(Batch::span).containsExactly(covered);
        var silent = read(Kind.MESSAGE, Lane.of("C3"), null);
        assertThat(silent).extracting(Batch::span).containsExactly(covered);
        assertThat(silent.get(0).items()).isEmpty();
        assertThat(read(Kind.MESSAGE, Lane.of("C9"), null)).isEmpty();
    }

    @Test
    void aGapBetweenTwoExportsIsNotCovered() {
        var a = ExportZip.withGeneral()
                .day("2023-11-01", message("1698840000.000001", "a"))
                .write(folder, "a.zip");
        var b = ExportZip.withGeneral().day("2023-11-14", message(ts(T), "b")).write(folder, "b.zip");
        path(a, b);

        var batches = messages();

        assertThat(texts(batches)).containsExactly("a", "b");
        assertThat(batches).hasSize(2);
        assertThat(batches.get(0).span().until()).isLessThan(1_698_970_000_000_000L);
        assertThat(batches.get(1).span().after()).isGreaterThan(1_699_900_000_000_000L);
    }

    @Test
    void theExportTokenIsNowhere() {
        write(ExportZip.withGeneral()
                .day(
                        DAY,
                        "{\"ts\":\"" + ts(T)
                                + "\",\"files\":[{\"id\":\"F1\",\"url_private\":\"https:\\/\\/files.slack.com\\/f?t=xoxe-1-2-abc&pub_secret=5e1f\"}]}",
                        "{\"text\":\"xoxb-12-secret\" broken}"));

        var batches = messages();

        assertThat(batches.get(0).items().get(0).source().toString())
                .contains("f?t=caravan-redacted&pub_secret=caravan-redacted")
                .doesNotContain("xoxe");
        assertThat(new String(batches.get(0).items().get(0).raw(), UTF_8))
                .doesNotContain("xoxe")
                .doesNotContain("5e1f");
        assertThat(new String(refused(batches).get(0).raw(), UTF_8)).doesNotContain("secret");
    }

    @Test
    void pinsAndDownloadedFilesAreToldBesideTheMessage() throws IOException {
        var files = Files.createDirectories(folder.resolve("files/F1"));
        Files.writeString(files.resolve("a.txt"), "abc");
        Files.createDirectories(folder.resolve("files/__uploads/F2"));
        Files.writeString(folder.resolve("files/__uploads/F2/b_.txt"), "abcd");
        Files.writeString(folder.resolve("secret.txt"), "s");
        export.setFilesFolder(folder.resolve("files").toString());
        write(ExportZip.withGeneral()
                .with(
                        "channels.json",
                        "[{\"id\":\"C1\",\"name\":\"general\",\"pins\":[{\"id\":\"" + ts(T) + "\",\"type\":\"C\"}]}]")
                .day(
                        DAY,
                        "{\"ts\":\"" + ts(T)
                                + "\",\"files\":[{\"id\":\"F1\",\"name\":\"a.txt\"},{\"id\":\"F2\",\"name\":\"b?.txt\"},"
                                + "{\"id\":\"../secret.txt\",\"name\":\"x\"},{\"id\":\"F1\",\"name\":\"../../secret.txt\"}]}",
                        message(ts(T + 1), "b")));

        var items = messages().get(0).items();

        assertThat(items.get(0).source().path(Item.CONTEXT).toString())
                .isEqualTo(
                        "{\"channel\":\"C1\",\"pinned\":true,\"files\":{\"F1\":{\"path\":\"F1/a.txt\",\"size\":3,\"sha256\":"
                                + "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"},"
                                + "\"F2\":{\"path\":\"__uploads/F2/b_.txt\",\"size\":4,\"sha256\":"
                                + "\"88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589\"}}}");
        assertThat(items.get(1).source().path(Item.CONTEXT).has("pinned")).isFalse();
    }

    @Test
    void peopleAndConversationsOfALaterExportWin() {
        var a = ExportZip.withGeneral().write(folder, "a.zip");
        var b = ExportZip.withGeneral()
                .with("users.json", "[{\"id\":\"U1\",\"name\":\"renamed\"},\"no object\"]")
                .with("channels.json", "[{\"id\":\"C1\",\"name\":\"main\",\"members\":[\"U1\"]}]")
                .with("dms.json", "[{\"id\":\"D1\",\"members\":[\"U1\",\"U2\"]}]")
                .write(folder, "b.zip");
        path(a, b);

        var users = read(Kind.USER, Lane.WHOLE, null);
        assertThat(users.get(0).items())
                .extracting(i -> i.source().path("name").asText())
                .containsExactly("renamed", "bob");
        assertThat(users.get(0).refused()).extracting(Refusal::cause).containsExactly("not-an-object");
        assertThat(users.get(0).tally().of("user", Tally.What.READ)).isEqualTo(4);
        assertThat(users.get(0).tally().of("user", Tally.What.FILTERED)).isEqualTo(1);
        var channels = read(Kind.CHANNEL, Lane.WHOLE, null);
        assertThat(channels.get(0).items())
                .extracting(i -> i.source().path("id").asText()
                        + i.source().at("/caravan/list").asText())
                .containsExactly("C1channels", "D1dms");
        var memberships = read(Kind.MEMBERSHIP, Lane.WHOLE, null);
        assertThat(memberships.get(0).items())
                .extracting(i -> i.source().path("user").asText())
                .containsExactly("U1");
    }

    @Test
    void directoryReadsGoOnBehindTheirBatches() {
        write(ExportZip.withGeneral().with("users.json", "[{\"id\":\"U1\"},{\"id\":\"U2\"},{\"id\":\"U3\"}]"));
        export.setBatchSize(2);

        var whole = read(Kind.USER, Lane.WHOLE, null);

        assertThat(whole).hasSize(2);
        assertThat(read(Kind.USER, Lane.WHOLE, whole.get(0).position()).get(0).items())
                .extracting(i -> i.source().path("id").asText())
                .containsExactly("U3");
        assertThat(read(Kind.USER, Lane.WHOLE, whole.get(1).position())).isEmpty();
    }

    @Test
    void emojiComeByNameWithTheirPictures() throws IOException {
        Files.createDirectories(folder.resolve("files/emojis"));
        Files.writeString(folder.resolve("files/emojis/party.png"), "p");
        export.setFilesFolder(folder.resolve("files").toString());
        write(
                ExportZip.withGeneral()
                        .with(
                                "emoji.json",
                                """
                                {"ok":true,"emoji":{"yay":"alias:hooray","hooray":"alias:party",
                                  "party":"https://e/p.png","round":"alias:circle","circle":"alias:round"}}"""));

        var emoji = read(Kind.EMOJI, Lane.WHOLE, null).get(0).items();

        assertThat(emoji)
                .extracting(i -> i.source().path("name").asText())
                .containsExactly("circle", "hooray", "party", "round", "yay");
        assertThat(emoji)
                .extracting(i -> i.source().at("/caravan/path").asText())
                .containsExactly("", "emojis/party.png", "emojis/party.png", "", "emojis/party.png");
    }

    @Test
    void aFolderInNoListIsNeverPublic() {
        write(ExportZip.withGeneral()
                .with(
                        "users.json",
                        """
                        [{"id":"U1","name":"ann"},{"id":"U2","name":"bob"},{"id":"U3","name":"cy"}]""")
                .with("D0TWO/2023-11-14.json", "[" + by("U1", ts(T)) + "," + by("U2", ts(T + 1)) + "]")
                .with("D0ONE/2023-11-14.json", "[" + by("U1", ts(T)) + "]")
                .with("mpdm-ann--bob--cy-1/2023-11-14.json", "[" + by("U1", ts(T)) + "]")
                .with("mpdm-ann--gone-1/2023-11-14.json", "[" + by("U1", ts(T)) + "]")
                .with("secret/2023-11-14.json", "[" + by("U3", ts(T)) + "]"));

        var channels = read(Kind.CHANNEL, Lane.WHOLE, null).get(0).items().stream()
                .filter(item -> !item.source().path("id").asText().equals("C1"))
                .map(item -> "%s %s %s"
                        .formatted(
                                item.source().path("id").asText(),
                                item.source().at("/caravan/list").asText(),
                                item.source().path("members")));

        assertThat(channels)
                .containsExactlyInAnyOrder(
                        "D0TWO dms [\"U1\",\"U2\"]",
                        "D0ONE groups [\"U1\"]",
                        "mpdm-ann--bob--cy-1 mpims [\"U1\",\"U2\",\"U3\"]",
                        "mpdm-ann--gone-1 groups [\"U1\"]",
                        "secret groups [\"U3\"]");
        assertThat(read(Kind.MEMBERSHIP, Lane.WHOLE, null).get(0).items())
                .extracting(item -> item.source().path("channel").asText() + " "
                        + item.source().path("user").asText())
                .contains("D0ONE U1", "mpdm-ann--gone-1 U1", "secret U3")
                .noneMatch(line -> line.startsWith("D0TWO") || line.startsWith("mpdm-ann--bob"));
    }

    private static String by(String user, String ts) {
        return "{\"type\":\"message\",\"user\":\"%s\",\"ts\":\"%s\",\"text\":\"x\"}".formatted(user, ts);
    }

    @Test
    void aWebPageInPlaceOfAFileIsNoticed() throws IOException {
        Files.createDirectories(folder.resolve("files/F1"));
        Files.writeString(folder.resolve("files/F1/a.png"), "\n<!DOCTYPE html><html>Sign in</html>");
        Files.createDirectories(folder.resolve("files/F2"));
        Files.writeString(folder.resolve("files/F2/page.html"), "<html>saved</html>");
        export.setFilesFolder(folder.resolve("files").toString());
        write(ExportZip.withGeneral()
                .day(
                        DAY,
                        "{\"ts\":\"%s\",\"files\":[{\"id\":\"F1\",\"name\":\"a.png\",\"mimetype\":\"image/png\"},{\"id\":\"F2\",\"name\":\"page.html\",\"mimetype\":\"text/html\"}]}"
                                .formatted(ts(T))));

        var files = messages().get(0).items().get(0).source().at("/caravan/files");

        assertThat(files.at("/F1/webPage").asBoolean()).isTrue();
        assertThat(files.path("F2").has("webPage")).isFalse();
    }

    @Test
    void archivesAreRefusedOrEntriesLeftOutAsAsked() {
        write(ExportZip.withGeneral().with("../evil.json", "[]").with("inner.zip", "x"));
        assertThatThrownBy(this::messages).hasMessageStartingWith("CRV-110");

        export.setUnsafeNames("skip");
        assertThat(findings(read(Kind.CHANNEL, Lane.WHOLE, null)))
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("entry-skipped", "nested-archive");

        assertThatThrownBy(() -> export.setLinks("maybe")).hasMessageStartingWith("CRV-131");
    }

    @Test
    void aFolderWithoutConversationBecomesOneAndStrangeFilesAreNoted() {
        write(ExportZip.withGeneral()
                .with("lost/2023-11-14.json", "[" + message(ts(T), "found") + "]")
                .with("notes.txt", "x")
                .with("inner.zip", "x")
                .with("general/readme.md", "x"));

        var channels = read(Kind.CHANNEL, Lane.WHOLE, null);

        assertThat(channels.get(0).items())
                .extracting(i -> i.source().path("id").asText())
                .containsExactly("C1", "lost");
        assertThat(findings(channels))
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("unknown-file", "nested-archive", "unknown-file", "unknown-folder");
        assertThat(texts(read(Kind.MESSAGE, Lane.of("lost"), null))).containsExactly("found");
    }

    @Test
    void anExportWithoutUsersIsReadAndNoted() {
        write(new ExportZip().with("channels.json", ExportZip.ONE_CHANNEL).day(DAY, message(ts(T), "a")));

        var users = read(Kind.USER, Lane.WHOLE, null);

        assertThat(findings(users)).extracting(Finding::rule).containsExactly("no-user-list");
        assertThat(texts(messages())).containsExactly("a");
    }

    @Test
    void anExportOfDirectMessagesAloneIsRead() {
        write(new ExportZip()
                .with("dms.json", "[{\"id\":\"D1\",\"members\":[\"U1\"]}]")
                .with("D1/2023-11-14.json", "[" + message(ts(T), "self") + "]"));

        assertThat(texts(read(Kind.MESSAGE, Lane.of("D1"), null))).containsExactly("self");
    }

    @Test
    void anExportWithoutAnyListOfConversationsIsRefused() {
        write(new ExportZip().with("users.json", "[]").day(DAY, message(ts(T), "a")));

        assertThatThrownBy(this::messages).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-121");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org_users.json", "teams/acme/channels.json"})
    void enterpriseGridIsRecognised(String entry) {
        write(ExportZip.withGeneral().with(entry, "[]"));

        assertThatThrownBy(this::messages).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-120");
    }

    @Test
    void missingAndEmptySourcesAreNamed() throws IOException {
        assertThatThrownBy(this::messages).hasMessageStartingWith("CRV-100");
        path(folder.resolve("absent.zip"));
        assertThatThrownBy(this::messages).hasMessageStartingWith("CRV-101");
        path(Files.createDirectory(folder.resolve("none")));
        assertThatThrownBy(this::messages).hasMessageStartingWith("CRV-116");
        write(ExportZip.withGeneral());
        assertThatThrownBy(() -> read(Kind.MESSAGE, Lane.of("C1"), "somewhere")).hasMessageStartingWith("CRV-124");
        export.setFilesFolder(folder.resolve("absent").toString());
        assertThatThrownBy(this::messages).hasMessageStartingWith("CRV-123");
    }

    @Test
    void aNewerExportPutIntoTheFolderIsSeenWithoutARestart() {
        ExportZip.withGeneral().day(DAY, message(ts(T), "a")).write(folder, "a.zip");
        path(folder);
        assertThat(texts(messages())).containsExactly("a");

        ExportZip.withGeneral().day("2023-11-15", message(ts(T + 86_400), "b")).write(folder, "b.zip");
        assertThat(texts(messages())).containsExactly("a", "b");
    }
}
