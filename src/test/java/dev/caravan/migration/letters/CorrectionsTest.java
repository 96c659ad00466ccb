package dev.caravan.migration.letters;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;

import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.letters.Corrections.Applied;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What was mended in a rehearsal is mended in production, where the record is the same. */
class CorrectionsTest {

    @TempDir
    Path rehearsalFolder;

    @TempDir
    Path productionFolder;

    @Test
    void edits_and_waivers_of_a_rehearsal_serve_another_migration_of_the_same_source() {
        var rehearsal = new BrokenMigration(TestDatabase.SQLITE, rehearsalFolder);
        var production = new BrokenMigration(TestDatabase.SQLITE, productionFolder);
        rehearsal.edit(BrokenExport.NO_TS, rehearsal.export.edits().get(BrokenExport.NO_TS));
        rehearsal.migration.replay(rehearsal.only(BrokenExport.NO_TS));
        rehearsal.edit(BrokenExport.REST, rehearsal.export.edits().get(BrokenExport.REST));
        rehearsal.migration.letters().waive(rehearsal.only(BrokenExport.STRING), "ann", "no use");
        var lines = exported(rehearsal);

        assertThat(apply(production, lines)).isEqualTo(new Applied(2, 1, 0, 0, 0, List.of()));

        assertThat(production.letter(BrokenExport.NO_TS).state()).isEqualTo(LetterState.EDITED);
        assertThat(production.letter(BrokenExport.STRING).waivedWhy()).isEqualTo("no use");
        assertThat(apply(production, lines)).isEqualTo(new Applied(0, 0, 2, 1, 0, List.of()));
        assertThat(exported(production)).isEqualTo(lines);
    }

    @Test
    void a_record_that_is_another_by_now_is_left_alone() {
        var rehearsal = new BrokenMigration(TestDatabase.SQLITE, rehearsalFolder);
        rehearsal.migration.letters().waive(rehearsal.only(BrokenExport.STRING), "ann", "no use");
        var lines = exported(rehearsal);
        var identity = lines.replaceFirst(".*\"identity\":\"(.)[^$]*", "$1");
        var other = lines.replace("\"identity\":\"" + identity, "\"identity\":\"" + (identity.equals("0") ? "1" : "0"));

        var applied = apply(rehearsal, other + "no line\n{\"identity\":\"..\"}\n{\"identety\":1}\n");

        assertThat(applied.missing()).isEqualTo(1);
        assertThat(applied.refused()).hasSize(3).allMatch(problem -> problem.code()
                .equals("CRV-648"));
    }

    private static String exported(BrokenMigration from) {
        var out = new ByteArrayOutputStream();
        corrections(from).export(one -> CorrectionLines.write(one, out));
        return out.toString(UTF_8);
    }

    private static Applied apply(BrokenMigration to, String lines) {
        return corrections(to).apply(CorrectionLines.read(new BufferedReader(new StringReader(lines))), "bob");
    }

    private static Corrections corrections(BrokenMigration of) {
        var access = new LedgerAccess(of.migration.settings());
        return new Corrections(access, new Letters(access));
    }
}
