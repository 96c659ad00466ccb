package dev.caravan.connector.slack;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import dev.caravan.model.Span;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;

import static dev.caravan.connector.slack.ExportZip.message;
import static org.assertj.core.api.Assertions.assertThat;

/** Messages come in the order of their time, each once, and a read goes on anywhere. */
class SlackOrderTest extends SlackExportReading {

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
    void aNewerExportPutIntoTheFolderIsSeenWithoutARestart() {
        ExportZip.withGeneral().day(DAY, message(ts(T), "a")).write(folder, "a.zip");
        path(folder);
        assertThat(texts(messages())).containsExactly("a");

        ExportZip.withGeneral().day("2023-11-15", message(ts(T + 86_400), "b")).write(folder, "b.zip");
        assertThat(texts(messages())).containsExactly("a", "b");
    }
}
