package dev.caravan.migration.letters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import dev.caravan.TestMigration;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Mended letters make of a broken source what a mended source would have made. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ReplayTest {

    @Parameter
    TestDatabase database;

    @TempDir
    Path brokenFolder;

    @TempDir
    Path mendedFolder;

    private final BrokenExport export = new BrokenExport();
    private TestMigration migration;

    @BeforeEach
    void migrateTheBrokenExport() {
        migration = migration(brokenFolder, export.broken(brokenFolder));
        migration.run();
    }

    @Test
    void after_every_letter_is_mended_and_sent_package_and_account_are_those_of_a_mended_source() throws IOException {
        var mended = migration(mendedFolder, export.mended(mendedFolder));
        mended.run();

        edit(letter -> true);
        assertThat(migration.replay(Selection.ALL)).isEqualTo(Run.State.COMPLETED);

        assertThat(letters()).allMatch(letter -> letter.state() == LetterState.REPLAYED);
        assertThat(account(migration)).isEqualTo(account(mended));
        assertThat(packageOf(brokenFolder)).isEqualTo(packageOf(mendedFolder));
    }

    private void edit(Predicate<Letter.Head> which) {
        Map<String, byte[]> edits = export.edits();
        for (var letter : letters()) {
            if (which.test(letter)) {
                migration.letters().edit(letter.id(), edits.get(place(letter)));
            }
        }
    }

    private static String place(Letter.Head letter) {
        return letter.origin().entry() + "#" + letter.origin().index();
    }

    private List<Letter.Head> letters() {
        return migration.letters().list(LetterFilter.ALL, 0, 1000);
    }

    /** What was noticed about the broken source stays noticed; everything else is to be as of a mended one. */
    private static Map<Tally.Key, Long> account(TestMigration migration) {
        try (var ledger = migration.ledger()) {
            var counts = new TreeMap<>(ledger.runs().account(1).counts());
            counts.keySet().removeIf(key -> key.what() == Tally.What.FINDING);
            return counts;
        }
    }

    private static byte[] packageOf(Path folder) throws IOException {
        return Files.readAllBytes(folder.resolve("package.zip"));
    }

    private TestMigration migration(Path folder, Path zip) {
        return new TestMigration(folder)
                .on(database)
                .with("caravan.source.path", zip.toString())
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com");
    }
}
