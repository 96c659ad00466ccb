package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import dev.caravan.Packages.Post;
import dev.caravan.connector.mattermost.MattermostPackageRules;
import dev.caravan.ledger.Run;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.caravan.LastVerification.unexplained;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A package for Mattermost, or an export of Mattermost's own, is a source like any other. */
class MattermostSourceTest {

    @TempDir
    Path folder;

    private Path given;

    @BeforeEach
    void makeAPackage() {
        given = folder.resolve("given.zip");
        new TestMigration(home("first"))
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.source.files-folder", "sample/acme-files")
                .with("caravan.sink.path", given.toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin")
                .run();
    }

    @Test
    void everyMessageIsReadOnceAndArrives() {
        var migration = migration("second");

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        var account = account(migration, 1);
        assertThat(account.of("message", What.READ)).isEqualTo(messagesOf(given));
        assertThat(account.of("message", What.DEAD)).isZero();
        assertThat(account.counts().keySet())
                .extracting(Tally.Key::rule)
                .as("a package has no message twice")
                .doesNotContain("duplicate-id");
        Accounts.assertHolds(account);
        assertThat(unexplained(migration)).isEmpty();
        assertThat(MattermostPackageRules.broken(sealed("second"))).isEmpty();
        assertThat(Packages.posts(sealed("second")))
                .extracting(Post::message)
                .containsExactlyInAnyOrderElementsOf(
                        Packages.posts(given).stream().map(Post::message).toList());
    }

    @Test
    void aSecondRunBringsNothing() throws IOException {
        var migration = migration("second");
        migration.run();
        var before = Files.getLastModifiedTime(sealed("second"));

        migration.run();

        var account = account(migration, 2);
        assertThat(account.of("message", What.DELIVERED)).isZero();
        assertThat(account.of("message", What.UNCHANGED))
                .isEqualTo(account(migration, 1).of("message", What.DELIVERED));
        Accounts.assertHolds(account);
        assertThat(Files.getLastModifiedTime(sealed("second"))).isEqualTo(before);
    }

    @Test
    void filesInThePackageArriveWithTheirBytes() {
        migration("second").run();

        assertThat(files(given)).isNotEmpty();
        assertThat(files(sealed("second"))).containsExactlyInAnyOrderElementsOf(files(given));
    }

    @Test
    void ofABareFileOfLinesAllButThePicturesAndFilesArrives() throws IOException {
        try (var zip = new ZipFile(given.toFile())) {
            var lines =
                    new String(zip.getInputStream(zip.getEntry("import.jsonl")).readAllBytes(), UTF_8);
            assertThat(lines).contains("{\"type\":\"emoji\"");
            given = Files.writeString(folder.resolve("given.jsonl"), lines);
        }
        var migration = migration("second");

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(account(migration, 1).of("message", What.DEAD)).isZero();
        assertThat(files(sealed("second"))).isEmpty();
        assertThat(Packages.posts(sealed("second"))).isNotEmpty();
        assertThat(unexplained(migration)).isEmpty();
    }

    @Test
    void anInterruptedRunGoesOnWhereItStopped() throws IOException {
        given = manyMessages();
        migration("undisturbed").run();
        var migration = migration("second");
        var lane = home("second").resolve("routes/lane.camel.yaml");
        Files.writeString(
                lane,
                Files.readString(lane)
                        .replaceFirst(
                                "( +)- to:\\s+id: to-the-road",
                                "$1- bean:\n$1    ref: stopper\n$1    method: saw\n$0"));
        var stopper = new Stopper(migration::stop);
        migration.bean("stopper", stopper);

        assertThat(migration.run()).isEqualTo(Run.State.INTERRUPTED);
        assertThat(account(migration, 1).of("message", What.READ)).isEqualTo(2000);
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        assertThat(stopper.batches).isEqualTo(3);
        try (var ledger = migration.ledger()) {
            var account = ledger.runs()
                    .account(ledger.runs().lastCompleted("run").orElseThrow().id());
            assertThat(account.of("message", What.READ)).isEqualTo(2500);
            assertThat(account.of("message", What.DELIVERED)).isEqualTo(2500);
            Accounts.assertHolds(account);
        }
        assertThat(unexplained(migration)).isEmpty();
        assertThat(sealed("second")).hasSameBinaryContentAs(sealed("undisturbed"));
    }

    /** In five channels, more than fit into two batches. */
    private Path manyMessages() {
        var workspace = new Workspace().user("U1", "ann");
        for (int channel = 0; channel < 5; channel++) {
            workspace.channel("C" + channel, "channel" + channel, "U1");
        }
        for (int i = 0; i < 2500; i++) {
            workspace.says("C" + i % 5, "U1", (1700000000 + i) + ".000000", "says " + i);
        }
        var many = folder.resolve("many.zip");
        new TestMigration(home("many"))
                .with(
                        "caravan.source.path",
                        workspace.export(folder, "export.zip").toString())
                .with("caravan.sink.path", many.toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .run();
        return many;
    }

    /** CRC and size of each entry beside the lines: a name may change on the way. */
    private static List<String> files(Path zip) {
        try (var file = new ZipFile(zip.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.getName().equals("import.jsonl"))
                    .map(entry -> entry.getCrc() + " " + entry.getSize())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The further parts of a long text are replies of their own, but no messages. */
    private static long messagesOf(Path zip) {
        long parts = Stream.of("post", "direct_post")
                .flatMap(type -> Packages.lines(zip, type).stream())
                .flatMap(post -> post.path("replies").findValuesAsText("caravan").stream())
                .filter("more"::equals)
                .count();
        return Packages.posts(zip).size() - parts;
    }

    /** Stands before the road and asks the run to stop at a certain batch of messages. */
    public static final class Stopper {
        private final Runnable stop;
        private int batches;

        Stopper(Runnable stop) {
            this.stop = stop;
        }

        public void saw(Batch batch) {
            if (batch.kind() == Kind.MESSAGE && ++batches == 2) {
                stop.run();
            }
        }
    }

    private static Tally account(TestMigration migration, int run) {
        try (var ledger = migration.ledger()) {
            return ledger.runs().account(run);
        }
    }

    private TestMigration migration(String name) {
        return new TestMigration(home(name))
                .with("caravan.source.kind", "mattermost-bulk")
                .with("caravan.source.path", given.toString())
                .with("caravan.sink.path", sealed(name).toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin");
    }

    private Path home(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path sealed(String name) {
        return folder.resolve(name + ".zip");
    }
}
