package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.caravan.Packages.Post;
import dev.caravan.connector.mattermost.MattermostPackageRules;
import dev.caravan.ledger.Findings;
import dev.caravan.ledger.Run;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Exports of one workspace, one newer than the other. */
class OverlappingExportsTest {

    @TempDir
    Path folder;

    @Test
    void theSecondRunBringsOnlyWhatIsNewAndListsTheRest() {
        var workspace = new Workspace()
                .user("U1", "ann")
                .channel("C1", "general", "U1")
                .says("C1", "U1", "1700000000.000000", "stays")
                .says("C1", "U1", "1700000001.000000", "before")
                .says("C1", "U1", "1700000002.000000", "goes");
        var migration = migration("one");
        run(migration, workspace.export(folder, "first.zip"));
        workspace
                .edit("1700000001.000000", "after", "1700000100.000000")
                .delete("1700000002.000000")
                .says("C1", "U1", "1700000003.000000", "new");
        run(migration, workspace.export(folder, "second.zip"));

        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(2);
            assertThat(account.of("message", Tally.What.READ)).isEqualTo(3);
            assertThat(account.of("message", Tally.What.DELIVERED)).isEqualTo(2);
            assertThat(account.of("message", Tally.What.UNCHANGED)).isEqualTo(1);
            Accounts.assertHolds(account);
            assertThat(ledger.findings().page(2, null, 0, 100))
                    .extracting(Findings.Stored::finding)
                    .extracting(finding -> finding.rule() + " " + finding.sourceId())
                    .contains("edited-since C1/1700000001.000000", "deleted-at-source C1/1700000002.000000");
        }
        assertThat(Packages.posts(zip("one")))
                .extracting(Post::message)
                .containsExactly("stays", "after", "goes", "new");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void twoRunsMakeThePackageOfOneRunOverBoth(long seed) throws Exception {
        var workspace = new RandomWorkspace(seed);
        var first = workspace.some(folder, "first.zip");
        var second = workspace.later(folder, "second.zip");
        var twice = migration("twice");
        run(twice, first);
        run(twice, second);

        var once = migration("once");
        run(once, first + "," + second);

        assertThat(zip("twice")).hasSameBinaryContentAs(zip("once"));
        assertThat(MattermostPackageRules.broken(zip("once"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void importedPostsKeepPlaceTimeAndText(long seed) throws Exception {
        var workspace = new RandomWorkspace(seed);
        var migration = migration("keeps");
        run(migration, workspace.some(folder, "export-1.zip"));
        var people = new HashSet<String>();
        for (int round = 1; round < 4; round++) {
            var before = Packages.posts(zip("keeps"));
            people.addAll(Packages.texts(zip("keeps"), "user", "username"));
            migration.with("caravan.sink.imported", String.valueOf(round));
            run(migration, workspace.later(folder, "export-" + (round + 1) + ".zip"));

            assertThat(Packages.posts(zip("keeps"))).containsAll(before).doesNotHaveDuplicates();
            assertThat(MattermostPackageRules.broken(zip("keeps"), people)).isEmpty();
        }
    }

    private void run(TestMigration migration, Path export) {
        run(migration, export.toString());
    }

    private void run(TestMigration migration, String exports) {
        assertThat(migration.with("caravan.source.path", exports).run(true)).isEqualTo(Run.State.COMPLETED);
    }

    private TestMigration migration(String name) {
        try {
            return new TestMigration(Files.createDirectories(folder.resolve(name)))
                    .with("caravan.sink.path", zip(name).toString())
                    .with("caravan.sink.team", "acme")
                    .with("caravan.sink.email-domain", "example.com");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path zip(String name) {
        return folder.resolve(name + ".zip");
    }

    /** Grows by people, channels, messages, replies and edits; many messages share a millisecond. */
    private static final class RandomWorkspace {

        private final Random random;
        private final Workspace workspace = new Workspace();
        private final List<String> roots = new ArrayList<>();
        private final List<String[]> said = new ArrayList<>();
        private final HashSet<String> used = new HashSet<>();
        private int people;
        private int channels;

        RandomWorkspace(long seed) {
            random = new Random(seed);
        }

        Path some(Path folder, String name) {
            for (int i = 0; i < 3; i++) {
                person();
                channel();
            }
            return later(folder, name);
        }

        Path later(Path folder, String name) {
            if (random.nextBoolean()) {
                person();
                channel();
            }
            for (int i = 0; i < 60; i++) {
                say();
            }
            for (int i = 0; i < 5; i++) {
                var message = said.get(random.nextInt(said.size()));
                workspace.edit(message[1], "edited " + random.nextInt(1000), "17000900" + (10 + people) + ".00000" + i);
            }
            return workspace.export(folder, name);
        }

        private void person() {
            workspace.user("U" + people, "person" + people);
            people++;
        }

        private void channel() {
            var members = IntStream.range(0, people).mapToObj(i -> "U" + i).toArray(String[]::new);
            workspace.channel("C" + channels, "channel" + channels, members);
            channels++;
        }

        private void say() {
            var channel = "C" + random.nextInt(channels);
            var ts = "17000000%02d.%06d".formatted(random.nextInt(4), random.nextInt(3) * 1000 + random.nextInt(20));
            if (!used.add(ts)) {
                return;
            }
            var user = "U" + random.nextInt(people);
            var text = random.nextInt(4) == 0 ? "ok" : "says " + random.nextInt(1000);
            var root = said.stream()
                    .filter(one -> one[0].equals(channel) && roots.contains(one[1]) && one[1].compareTo(ts) < 0)
                    .map(one -> one[1])
                    .findFirst();
            if (root.isPresent() && random.nextInt(3) == 0) {
                workspace.replies(channel, user, ts, root.get(), text);
            } else {
                workspace.says(channel, user, ts, text);
                roots.add(ts);
            }
            said.add(new String[] {channel, ts});
        }
    }
}
