package dev.caravan.migration.letters;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.migration.LedgerAccess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Dead letters are mended and waived while a run holds the ledger, of this process or of another. */
class MendingMeanwhileTest {

    private static final byte[] MENDED = "{\"type\":\"message\"}".getBytes(UTF_8);

    @TempDir
    Path folder;

    private BrokenMigration given;
    private LedgerAccess access;
    private Letters letters;

    @BeforeEach
    void migrateTheBrokenExport() {
        given = new BrokenMigration(TestDatabase.SQLITE, folder);
        access = new LedgerAccess(given.migration.settings());
        letters = new Letters(access);
    }

    @Test
    void in_the_process_that_writes_its_own_ledger_serves() {
        try (var ofARun = access.open()) {
            letters.edit(id(BrokenExport.NO_TS), MENDED);
            assertThat(letters.waive(given.only(BrokenExport.STRING), "ann", "no use"))
                    .isEqualTo(1);
            assertThat(ofARun.deadLetters()
                            .find(id(BrokenExport.NO_TS))
                            .orElseThrow()
                            .edited())
                    .isEqualTo(MENDED);
        }
        assertThat(given.letter(BrokenExport.STRING).state()).isEqualTo(LetterState.WAIVED);
    }

    @Test
    void the_process_that_writes_carries_out_what_another_asks() {
        try (var ofARun = new LedgerAccess(given.migration.settings()).open()) {
            var other = CompletableFuture.runAsync(() -> {
                letters.edit(id(BrokenExport.NO_TS), MENDED);
                letters.waive(given.only(BrokenExport.STRING, BrokenExport.REST), "ann", "no use");
            });
            Awaitility.await().until(() -> {
                ofARun.requests().carryOut();
                return other.isDone();
            });
            other.join();
        }
        assertThat(given.letter(BrokenExport.NO_TS).state()).isEqualTo(LetterState.EDITED);
        assertThat(List.of(given.letter(BrokenExport.STRING), given.letter(BrokenExport.REST)))
                .allMatch(letter -> letter.state() == LetterState.WAIVED
                        && letter.waivedBy().equals("ann")
                        && letter.waivedWhy().equals("no use"));
    }

    @Test
    void what_a_replay_has_in_its_hands_is_left_alone() {
        try (var ofAReplay = access.open()) {
            ofAReplay.deadLetters().take(List.of(id(BrokenExport.NO_TS)));

            assertThatThrownBy(() -> letters.edit(id(BrokenExport.NO_TS), MENDED))
                    .hasMessageContaining("CRV-643");
            assertThatThrownBy(() -> letters.waive(given.only(BrokenExport.NO_TS), "ann", "no use"))
                    .hasMessageContaining("CRV-643");
            letters.edit(id(BrokenExport.STRING), MENDED);
        }
        letters.edit(id(BrokenExport.NO_TS), MENDED);
        assertThat(given.letter(BrokenExport.NO_TS).state()).isEqualTo(LetterState.EDITED);
    }

    @Test
    void a_letter_waived_after_it_was_chosen_is_not_sent() {
        var batches = new LetterBatches(
                ids -> access.change(ledger -> ledger.deadLetters().take(ids)),
                1,
                chosen(),
                raw -> java.util.Optional.empty(),
                1000);
        letters.waive(Selection.ALL, "ann", "no use");

        assertThat(batches).toIterable().allMatch(batch -> batch.letters().isEmpty());
    }

    private List<Selection.Found> chosen() {
        try (var ledger = access.openReadOnly()) {
            return Selection.ALL.in(ledger);
        }
    }

    private long id(String place) {
        return given.letter(place).id();
    }
}
