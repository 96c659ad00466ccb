package dev.caravan.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ledger.LedgerAddress;
import dev.caravan.ledger.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same source gives the same bytes: whatever the threads, the place, the locale, and however often the run was killed.
 * The moments of killing are shares of what the undisturbed run staged, so that each falls between two commits of a run
 * that has begun to write and is far from its end, on a fast machine and on a slow one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatabilityIT {

    private static final long SEED = 20_240_304;

    private Path shared;
    private Path export;
    private byte[] undisturbed;
    private JsonNode account;
    private long staged;

    @BeforeAll
    void runUndisturbed(@TempDir Path temporary) throws IOException {
        shared = temporary;
        export = GeneratedExport.write(
                shared.resolve("export.zip"),
                "--messages",
                "6000",
                "--conversations",
                "25",
                "--people",
                "40",
                "--bad",
                "0.03",
                "--entries",
                "150");
        var folder = Files.createDirectory(shared.resolve("undisturbed"));
        var run = app(folder).run("run", "--json");
        assertThat(run.status()).as(run.err()).isIn(1, 4);
        account = run.json();
        assertThat(account.get("dead").asLong()).isPositive();
        undisturbed = Files.readAllBytes(folder.resolve("mattermost.zip"));
        staged = stagedBytes(folder);
    }

    private PackagedApp app(Path folder) {
        return PackagedApp.demo(folder)
                .with("caravan.source.path", export.toString())
                .with("caravan.batch-size", "20");
    }

    private Path work(String name) throws IOException {
        return Files.createDirectory(shared.resolve(name));
    }

    @Test
    void oneThreadInAnotherPlaceAndLocaleWritesTheSameBytes() throws IOException {
        var elsewhere = work("elsewhere");
        var copy = Files.copy(export, elsewhere.resolve("the same export.zip"));

        var run = app(elsewhere)
                .environment("TZ", "Asia/Shanghai")
                .environment("LANG", "C")
                .jvm("-Duser.language=tr")
                .with("caravan.source.path", copy.toString())
                .with("caravan.threads", "1")
                .with("caravan.batch-size", "1000")
                .run("run", "--json");

        samePackage(elsewhere);
        assertThat(run.json()).as(run.err()).isEqualTo(account);
    }

    /** Not by isEqualTo, which would print both. */
    private void samePackage(Path folder) throws IOException {
        assertThat(Arrays.mismatch(Files.readAllBytes(folder.resolve("mattermost.zip")), undisturbed))
                .as("first byte that differs")
                .isEqualTo(-1);
    }

    @Test
    void killedAtThreeMomentsTheRunEndsAsIfNothingHadHappened() throws IOException {
        var folder = work("killed");
        var app = app(folder);
        for (double share : new Random(SEED).doubles(3, 0.02, 0.9).sorted().toArray()) {
            var run = startedAndPast(app, share);
            run.process().destroyForcibly();
            assertThat(run.end().status()).as("killed at %.2f", share).isEqualTo(137);
            assertThat(folder.resolve("mattermost.zip")).doesNotExist();
        }

        var last = app.run("run", "--json");

        assertThat(last.json()).as(last.err()).isEqualTo(account);
        samePackage(folder);
        writesNothingMore(app);
    }

    private void writesNothingMore(PackagedApp app) throws IOException {
        var packed = app.folder().resolve("mattermost.zip");
        var written = Files.getLastModifiedTime(packed);

        var again = app.run("run", "--json").json();

        assertThat(again.get("delivered").asLong()).isZero();
        assertThat(again.get("unchanged").asLong())
                .isEqualTo(account.get("delivered").asLong());
        assertThat(again.get("sealed")).isEqualTo(account.get("sealed"));
        assertThat(Files.getLastModifiedTime(packed)).isEqualTo(written);
        samePackage(app.folder());
    }

    /**
     * The first run is held still while a second one tries the same ledger, then it is asked to end; what goes on after
     * it must be told about a changed mapping.
     */
    @Test
    void aRunKeepsOthersOutStopsWhenAskedAndGoesOnOnlyUnderTheSameFiles() throws IOException {
        var folder = work("stopped");
        Folders.copy(PackagedApp.PROJECT.resolve("routes"), folder.resolve("routes"));
        var app = app(folder);
        var first = startedAndPast(app, 0.1);
        first.signal("STOP");
        // Asleep within a transaction it would keep the second from noting in the history that it was asked to run.
        var ledger = LedgerAddress.sqlite(folder.resolve("caravan-work/ledger.db"));
        while (!TestDatabase.SQLITE.takesWrites(ledger)) {
            first.signal("CONT");
            first.signal("STOP");
        }
        var second = app.run("run", "--json");
        first.signal("CONT");
        first.signal("TERM");
        var stopped = first.end();

        assertThat(second.status()).as(second.err()).isEqualTo(3);
        assertThat(second.out()).isEmpty();
        assertThat(second.err()).contains("CRV-301").doesNotContain("\tat ").hasLineCount(1);
        assertThat(stopped.status()).as(stopped.err()).isEqualTo(5);
        assertThat(stopped.out()).isEmpty();
        assertThat(stopped.err()).contains("goes on from there").doesNotContain("\tat ");
        assertThat(folder.resolve("mattermost.zip")).doesNotExist();

        var mapping = folder.resolve("routes/mappings/mattermost-bulk/to/message.jslt");
        Files.writeString(mapping, Files.readString(mapping) + "\n");
        var refused = app.run("run", "--json");
        assertThat(refused.status()).as(refused.err()).isIn(2, 3);
        assertThat(refused.err()).contains("CRV-304", "mappings/mattermost-bulk/to/message.jslt", "--accept-changes");
        assertThat(refused.err()).hasLineCount(1);

        var accepted = app.run("run", "--json", "--accept-changes");
        assertThat(accepted.json()).as(accepted.err()).isEqualTo(account);
        samePackage(folder);
    }

    /** Starts a run and waits until it has staged this share of what the undisturbed run did. */
    private PackagedApp.Running startedAndPast(PackagedApp app, double share) {
        var run = app.start("run", "--json");
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofMinutes(1))
                .until(() -> !run.process().isAlive() || stagedBytes(app.folder()) > share * staged);
        assertThat(run.process().isAlive()).as("still running").isTrue();
        return run;
    }

    private static long stagedBytes(Path folder) {
        var stage = folder.resolve("caravan-work/stage");
        if (!Files.isDirectory(stage)) {
            return 0;
        }
        try (Stream<Path> segments = Files.list(stage)) {
            return segments.mapToLong(segment -> segment.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
