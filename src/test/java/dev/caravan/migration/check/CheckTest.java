package dev.caravan.migration.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.TestMigration;
import dev.caravan.connector.mattermost.MattermostEffects;
import dev.caravan.migration.check.CheckResult.KindForecast;
import dev.caravan.migration.report.Losses;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally.What;
import dev.caravan.model.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A check tells what a run does, and does nothing of it. */
class CheckTest {

    @TempDir
    Path folder;

    @Test
    void itWritesNothing() throws Exception {
        var migration = sample();
        var before = files();

        migration.check();

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void theRateThatASinkDeclaresSaysHowLongARunTakesAndWhenItIsDone() throws Exception {
        var slow = matrix().with("caravan.sink.requests-per-second", "0.5").check();
        var fast = matrix().with("caravan.sink.requests-per-second", "1000").check();

        assertThat(slow.problems()).isEmpty();
        // 117 messages and what they lean on, 1.1 requests each and more, at one in two seconds
        assertThat(slow.forecast().seconds()).isBetween(2 * 117L, 4 * 3600L);
        assertThat(slow.forecast().finish()).isAfter(Instant.now().plusSeconds(200));
        assertThat(fast.target().delivery()).isLessThan(Duration.ofSeconds(60));
        assertThat(slow.target().warnings()).isEmpty();
    }

    @Test
    void anAnnotationThatCannotBeUnderstoodIsNamed() throws Exception {
        var migration = matrix();
        var kamelet = folder.resolve("routes/kamelets/matrix-sink.kamelet.yaml");
        migration.route(
                "kamelets/matrix-sink.kamelet.yaml",
                Files.readString(kamelet).replace("caravan.dev/rate: requestsPerSecond", "caravan.dev/rate: quick"));

        assertThat(migration.check().problems()).extracting(Problem::code).containsExactly("CRV-446");
    }

    private TestMigration matrix() {
        return new TestMigration(folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.sink.kind", "matrix")
                .with("caravan.sink.url", "http://127.0.0.1:9")
                .with("caravan.sink.server-name", "localhost")
                .with("caravan.sink.as-token", "token");
    }

    @Test
    void itsCountsAreThoseOfTheRun() throws Exception {
        var migration = sample();
        var checked = migration.check();
        migration.run();

        assertThat(checked.complete()).isTrue();
        assertThat(checked.problems()).isEmpty();
        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            assertThat(checked.kinds()).hasSizeGreaterThan(7).allSatisfy(kind -> {
                assertThat(kind.read()).as(kind.kind()).isEqualTo(account.of(kind.kind(), What.READ));
                assertThat(kind.kept() + kind.degraded())
                        .as(kind.kind())
                        .isEqualTo(account.of(kind.kind(), What.DELIVERED));
                assertThat(kind.dropped()).as(kind.kind()).isEqualTo(account.of(kind.kind(), What.FILTERED));
                assertThat(kind.dead()).as(kind.kind()).isEqualTo(account.of(kind.kind(), What.DEAD));
            });
            assertThat(Losses.of(account, new MattermostEffects().effects())).containsAll(checked.losses());
        }
    }

    @Test
    void deadLettersToComeAreNamedByCauseAndPlace() {
        var checked = sample().check();

        assertThat(checked.dead()).isEqualTo(4);
        assertThat(checked.deadLetters())
                .filteredOn(cause -> cause.cause().equals("not-an-object"))
                .singleElement()
                .satisfies(cause -> assertThat(cause.examples())
                        .contains("acme-slack-export.zip!broken-records/2024-03-11.json#5"));
    }

    @Test
    void namesThatChangeAndInventedAddressesAreListed() {
        var checked = sample().check();

        assertThat(checked.names().shown()).anySatisfy(name -> assertThat(name.source() + " " + name.target())
                .isEqualTo("设计 she-ji"));
        assertThat(checked.collisions().shown())
                .anySatisfy(name -> assertThat(name.target()).startsWith("cafe-"));
        assertThat(checked.names().total()).as("stand-ins included").isEqualTo(8);
        assertThat(checked.inventedEmails().total()).isEqualTo(3);
        assertThat(checked.forecast().packageBytes()).isPositive();
    }

    @Test
    void aMissingBotOwnerIsAProblemAndTheRestIsStillChecked() {
        var checked = withoutBotOwner().check();

        assertThat(checked.problems()).extracting(Problem::code).containsExactly("CRV-405");
        assertThat(messages(checked).read()).isEqualTo(123);
    }

    @Test
    void everyWrongSettingIsToldAtOnce() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        var checked = sample().with("caravan.sink.team", "API")
                .with("caravan.work-dir", folder.resolve("file/work").toString())
                .with("caravan.sink.path", folder.resolve("file/package.zip").toString())
                .check();

        assertThat(checked.problems()).extracting(Problem::code).containsExactly("CRV-404", "CRV-216", "CRV-216");
    }

    @Test
    void aSourceThatCannotBeReadIsAProblem() throws Exception {
        var notAZip = Files.writeString(folder.resolve("export.zip"), "no zip at all, but some text");

        var checked = sample().with("caravan.source.path", notAZip.toString()).check();

        assertThat(checked.problems()).extracting(Problem::code).containsExactly("CRV-103");
        assertThat(checked.complete()).isFalse();
    }

    @Test
    void withoutATeamNothingIsRead() {
        var checked = new TestMigration(folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .check();

        assertThat(checked.problems()).extracting(Problem::code).containsExactly("CRV-202");
        assertThat(checked.forecast()).isNull();
    }

    @Test
    void theJsonTellsProblemsInWords() throws Exception {
        var checked = withoutBotOwner().check();

        var json = new ObjectMapper().findAndRegisterModules().valueToTree(checked.told(Words.CHINESE));

        assertThat(json.at("/problems/0/code").asText()).isEqualTo("CRV-405");
        assertThat(json.at("/problems/0/text").asText()).contains("所有者");
        assertThat(json.at("/result/kinds")).isNotEmpty();
    }

    private static KindForecast messages(CheckResult result) {
        return result.kinds().stream()
                .filter(kind -> kind.kind().equals("message"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> files() throws IOException {
        Function<Path, String> described =
                file -> folder.relativize(file) + " " + file.toFile().lastModified();
        try (var files = Files.walk(folder)) {
            return files.map(described).sorted().toList();
        }
    }

    private TestMigration sample() {
        return withoutBotOwner().with("caravan.sink.bot-owner", "admin");
    }

    private TestMigration withoutBotOwner() {
        return new TestMigration(folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.source.files-folder", "sample/acme-files")
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com");
    }
}
