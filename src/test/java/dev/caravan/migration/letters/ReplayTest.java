package dev.caravan.migration.letters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.caravan.TestMigration;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Mended letters make of a broken source what a mended source would have made; on every ledger. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ReplayTest {

    private static final String NO_TS = "general/2024-01-01.json#2";
    private static final String STRING = "general/2024-01-01.json#1";
    private static final String REST = "general/2024-01-02.json#1";

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

        letters().forEach(letter -> edit(place(letter), export.edits().get(place(letter))));
        assertThat(migration.replay(Selection.ALL)).isEqualTo(Run.State.COMPLETED);

        assertThat(letters()).allMatch(letter -> letter.state() == LetterState.REPLAYED);
        assertThat(account(migration, 1)).isEqualTo(account(mended, 1));
        assertThat(packageOf(brokenFolder)).isEqualTo(packageOf(mendedFolder));
    }

    @Test
    void a_letter_is_sent_once_however_often_it_is_asked_for() throws IOException {
        edit(NO_TS, export.edits().get(NO_TS));
        migration.replay(only(NO_TS));
        var after = account(migration, 1);
        var sealed = packageOf(brokenFolder);

        migration.replay(only(NO_TS));

        assertThat(account(migration, 1)).isEqualTo(after);
        assertThat(packageOf(brokenFolder)).isEqualTo(sealed);
        assertThat(letter(NO_TS).attempts()).isEqualTo(1);
    }

    @Test
    void a_letter_refused_again_stays_open_and_the_account_as_it_was() {
        var before = account(migration, 1);

        migration.replay(only(NO_TS, STRING, REST));

        assertThat(account(migration, 1)).isEqualTo(before);
        assertThat(List.of(letter(NO_TS), letter(STRING), letter(REST)))
                .allMatch(letter -> letter.state() == LetterState.OPEN && letter.attempts() == 2)
                .extracting(Letter.Head::cause)
                .containsExactly("time-missing", "not-an-object", "json-syntax");
    }

    @Test
    void only_letters_of_the_cause_asked_for_are_sent() {
        letters().forEach(letter -> edit(place(letter), export.edits().get(place(letter))));

        migration.replay(new Selection(new TreeSet<>(), LetterFilter.ALL.withCause("time-missing")));

        assertThat(letters())
                .filteredOn(letter -> letter.state() == LetterState.REPLAYED)
                .extracting(ReplayTest::place)
                .containsExactly(NO_TS);
    }

    @Test
    void of_the_rest_of_an_entry_what_is_refused_becomes_a_letter_of_its_own() {
        long read = count(1, What.READ);
        long dead = count(1, What.DEAD);
        long delivered = count(1, What.DELIVERED);
        edit(
                REST,
                """
                {"type":"message","user":"U1","text":"a","ts":"1704153601.000100"}
                {"type":"message","user":"U1","text":"no ts"}
                {"type":"message","user":"U1","text":"b","ts":"1704153602.000100"}"""
                        .getBytes(UTF_8));

        migration.replay(Selection.ALL);

        assertThat(letter(REST).state()).isEqualTo(LetterState.REPLAYED);
        assertThat(letter("general/2024-01-02.json#2").cause()).isEqualTo("time-missing");
        assertThat(count(1, What.READ)).isEqualTo(read + 2);
        assertThat(count(1, What.DELIVERED)).isEqualTo(delivered + 2);
        assertThat(count(1, What.DEAD)).isEqualTo(dead);
    }

    @Test
    void the_next_run_on_the_same_broken_source_leaves_mended_and_waived_letters_alone() throws IOException {
        long dead = count(1, What.DEAD);
        long filtered = count(1, What.FILTERED);
        int all = letters().size();
        edit(NO_TS, export.edits().get(NO_TS));
        migration.replay(only(NO_TS));
        assertThat(migration.letters().waive(only(STRING), "anna", "nobody knows")).isEqualTo(1);
        assertThat(count(1, What.DEAD)).isEqualTo(dead - 2);
        assertThat(count(1, What.FILTERED)).isEqualTo(filtered + 1);
        var sealed = packageOf(brokenFolder);

        migration.run();

        assertThat(letters()).hasSize(all);
        assertThat(letter(NO_TS).state()).isEqualTo(LetterState.REPLAYED);
        assertThat(letter(STRING).state()).isEqualTo(LetterState.WAIVED);
        int run = letter(REST).run();
        assertThat(run).isGreaterThan(1);
        assertThat(count(run, What.DEAD)).isEqualTo(dead - 2);
        assertThat(account(migration, run)).containsEntry(new Tally.Key("message", What.FILTERED, "waived"), 1L);
        assertThat(count(run, What.READ))
                .isEqualTo(count(run, What.UNCHANGED) + count(run, What.FILTERED) + count(run, What.DEAD));
        assertThat(packageOf(brokenFolder)).isEqualTo(sealed);
        try (var ledger = migration.ledger()) {
            assertThat(ledger.findings().page(run, "deleted-at-source", 0, 10)).isEmpty();
        }
    }

    @Test
    void a_letter_an_older_run_left_is_read_into_the_account_of_the_last_one() {
        var mended = export.mended(brokenFolder);
        assertThat(mended).isEqualTo(brokenFolder.resolve("export.zip"));
        migration.run();
        edit(NO_TS, "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"x\",\"ts\":\"1704067209.000100\"}".getBytes(UTF_8));
        int run = 2;
        long read = count(run, What.READ);

        migration.replay(only(NO_TS));

        assertThat(count(run, What.READ)).isEqualTo(read + 1);
        assertThat(count(run, What.DEAD)).isZero();
        assertThat(letter(NO_TS).state()).isEqualTo(LetterState.REPLAYED);
    }

    @Test
    void an_edit_that_is_no_record_is_refused_with_its_place() {
        assertThatThrownBy(() -> edit(NO_TS, "{\"a\":1,\n \"b\" 2}".getBytes(UTF_8)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-602")
                .hasMessageContaining("line 2, column 6");
        assertThatThrownBy(() -> edit(NO_TS, "[{}]".getBytes(UTF_8))).hasMessageContaining("CRV-604");
        assertThatThrownBy(() -> edit(NO_TS, new byte[] {'"', -1, '"'})).hasMessageContaining("CRV-607");
        assertThatThrownBy(() -> edit(NO_TS, "{\"a\":1,\"a\":2}".getBytes(UTF_8)))
                .hasMessageContaining("CRV-606");
        assertThatThrownBy(() -> edit(REST, "{\"a\":1},\n{\"a\":}".getBytes(UTF_8)))
                .hasMessageContaining("CRV-602")
                .hasMessageContaining("line 2, column 6");
        assertThatThrownBy(() -> migration.letters().edit(999, "{}".getBytes(UTF_8)))
                .hasMessageContaining("CRV-601");
        migration.letters().waive(only(STRING), "anna", "no");
        assertThatThrownBy(() -> edit(STRING, "{}".getBytes(UTF_8))).hasMessageContaining("CRV-608");
    }

    private Selection only(String... places) {
        var ids = new TreeSet<Long>();
        for (var place : places) {
            ids.add(letter(place).id());
        }
        return new Selection(ids, LetterFilter.ALL);
    }

    private void edit(String place, byte[] mended) {
        migration.letters().edit(letter(place).id(), mended);
    }

    private Letter.Head letter(String place) {
        return letters().stream()
                .filter(letter -> place(letter).equals(place))
                .findFirst()
                .orElseThrow();
    }

    private static String place(Letter.Head letter) {
        return letter.origin().entry() + "#" + letter.origin().index();
    }

    private List<Letter.Head> letters() {
        return migration.letters().list(LetterFilter.ALL, 0, 1000);
    }

    private long count(int run, What what) {
        try (var ledger = migration.ledger()) {
            return ledger.runs().account(run).of("message", what);
        }
    }

    /** What was noticed about the broken source stays noticed; everything else is to be as of a mended one. */
    private static Map<Tally.Key, Long> account(TestMigration migration, int run) {
        try (var ledger = migration.ledger()) {
            var counts = new TreeMap<>(ledger.runs().account(run).counts());
            counts.keySet().removeIf(key -> key.what() == What.FINDING);
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
