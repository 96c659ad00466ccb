package dev.caravan.ledger;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.model.Kind;
import dev.caravan.model.Origin;
import dev.caravan.model.Refusal;
import dev.caravan.model.Sha256;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class DeadLettersTest extends LedgerContract {

    @Test
    void a_letter_holds_everything_about_the_refusal() {
        var raw = new byte[] {0, -1, '{', (byte) 0xc3, '\n'};
        var context = JsonNodeFactory.instance.objectNode().put("channel", "C1");
        refuse(new Refusal(
                Kind.MESSAGE,
                "file",
                "F1",
                "C1",
                1_700_000_000_000_000L,
                new Origin("export.zip", "general/2020-01-01.json", 3, 99),
                raw,
                context,
                "deliver",
                "file-too-large",
                "20 MB"));

        var letter = ledger.deadLetters().find(1).orElseThrow();

        assertThat(letter.raw()).isEqualTo(raw);
        assertThat(letter.current()).isEqualTo(raw);
        assertThat(letter.context()).isEqualTo(context);
        var head = letter.head();
        assertThat(head.kind()).isEqualTo(Kind.MESSAGE);
        assertThat(head.part()).isEqualTo("file");
        assertThat(head.sourceId()).isEqualTo("F1");
        assertThat(head.conversation()).isEqualTo("C1");
        assertThat(head.time()).isEqualTo(1_700_000_000_000_000L);
        assertThat(head.origin()).isEqualTo(new Origin("export.zip", "general/2020-01-01.json", 3, 99));
        assertThat(head.stage()).isEqualTo("deliver");
        assertThat(head.cause()).isEqualTo("file-too-large");
        assertThat(head.detail()).isEqualTo("20 MB");
        assertThat(head.size()).isEqualTo(5);
        assertThat(head.run()).isEqualTo(1);
        assertThat(head.state()).isEqualTo(LetterState.OPEN);
        assertThat(head.attempts()).isEqualTo(1);
    }

    @Test
    void what_little_is_known_of_an_unreadable_entry_is_enough() {
        refuse(new Refusal(
                null,
                null,
                null,
                null,
                0,
                new Origin("e.zip", "a\0b.json", -1, -1),
                new byte[0],
                null,
                "read",
                "json",
                null));

        assertThat(ledger.deadLetters().find(1).orElseThrow().head().origin().entry())
                .isEqualTo("a␀b.json");
    }

    @Test
    void met_again_it_is_the_same_letter_and_other_bytes_are_another() {
        refuse(Given.refusal("m1", "bad", "no-time"));
        ledger.commit(Commit.of(2, Kind.MESSAGE, "C1")
                .withRefused(
                        List.of(Given.refusal("m1", "bad", "other-cause"), Given.refusal("m1", "worse", "no-time"))));

        var letters = ledger.deadLetters().list(LetterFilter.ALL, 0, 10);

        assertThat(letters).hasSize(2);
        assertThat(letters.get(0).state()).isEqualTo(LetterState.OPEN);
        assertThat(letters.get(0).cause()).isEqualTo("other-cause");
        assertThat(letters.get(0).attempts()).isEqualTo(2);
        assertThat(letters.get(0).run()).isEqualTo(2);
    }

    @Test
    void without_a_source_id_the_place_in_the_entry_tells_letters_apart() {
        var here = Given.refusal(null, "bad", "json");
        var there = new Refusal(
                here.kind(),
                null,
                null,
                here.conversation(),
                0,
                new Origin("export.zip", here.origin().entry(), 4, 120),
                here.raw(),
                null,
                "read",
                "json",
                null);
        refuse(here, there, here);

        assertThat(ledger.deadLetters().list(LetterFilter.ALL, 0, 10)).hasSize(2);
    }

    @Test
    void letters_people_are_done_with_are_known_when_met_again_and_stay_as_they_are() {
        var replayed = Given.refusal("m1", "a", "x");
        var waived = Given.refusal("m2", "b", "x");
        var open = Given.refusal("m3", "c", "x");
        refuse(replayed, waived, open);
        ledger.commit(Commit.of(1, Kind.MESSAGE, "C1").withReplayed(Set.of(1L), Map.of()));
        ledger.deadLetters().waive(2, "anna", "spam");
        refuse(replayed, waived);

        var settled = ledger.deadLetters()
                .settled(List.of(LetterIdentity.of(replayed), LetterIdentity.of(waived), LetterIdentity.of(open)));

        assertThat(settled)
                .containsOnly(
                        Map.entry(LetterIdentity.of(replayed), LetterState.REPLAYED),
                        Map.entry(LetterIdentity.of(waived), LetterState.WAIVED));
        assertThat(ledger.deadLetters().settled(List.of())).isEmpty();
    }

    @Test
    void an_edit_keeps_the_raw_bytes_and_a_replay_in_vain_keeps_the_edit() {
        refuse(Given.refusal("m1", "bad", "no-time"));

        assertThat(ledger.deadLetters().edit(1, bytes("better"))).isTrue();
        ledger.commit(Commit.of(2, Kind.MESSAGE, "C1")
                .withReplayed(Set.of(), Map.of(1L, Given.refusal("m1", "better", "no-author"))));

        var letter = ledger.deadLetters().find(1).orElseThrow();
        assertThat(letter.raw()).isEqualTo(bytes("bad"));
        assertThat(letter.current()).isEqualTo(bytes("better"));
        assertThat(letter.head().state()).isEqualTo(LetterState.EDITED);
        assertThat(letter.head().cause()).isEqualTo("no-author");
        assertThat(letter.head().attempts()).isEqualTo(2);
        assertThat(ledger.deadLetters().list(LetterFilter.ALL, 0, 10)).hasSize(1);
    }

    @Test
    void the_history_holds_what_a_record_was_and_became() {
        refuse(Given.refusal("m1", "bad", "no-time"));
        ledger.deadLetters().edit(1, bytes("better"));
        ledger.deadLetters().waive(1, "anna", "spam");

        var entries = ledger.audit().page(Long.MAX_VALUE, 9);
        var hash = HexFormat.of();
        assertThat(entries)
                .extracting(AuditLog.Entry::what, AuditLog.Entry::detail)
                .containsExactly(
                        tuple("waived", "1: " + hash.formatHex(Sha256.of(bytes("bad"))) + " spam"),
                        tuple(
                                "edited",
                                "1: " + hash.formatHex(Sha256.of(bytes("bad"))) + " -> "
                                        + hash.formatHex(Sha256.of(bytes("better")))));
        assertThat(entries.get(0).who()).isEqualTo("anna");
        assertThat(ledger.audit().chain().holds()).isTrue();
    }

    @Test
    void what_went_through_can_be_neither_edited_nor_waived() {
        refuse(Given.refusal("m1", "bad", "no-time"));
        ledger.commit(Commit.of(1, Kind.MESSAGE, "C1").withReplayed(Set.of(1L), Map.of()));

        assertThat(ledger.deadLetters().edit(1, bytes("x"))).isFalse();
        assertThat(ledger.deadLetters().waive(1, "anna", "why")).isFalse();
        assertThat(ledger.deadLetters().waive(77, "anna", "why")).isFalse();
    }

    @Test
    void letters_are_listed_by_cause_kind_and_state_page_by_page() {
        for (int i = 0; i < 7; i++) {
            refuse(Given.refusal("m" + i, "x", i % 2 == 0 ? "even" : "odd"));
        }
        ledger.deadLetters().waive(1, "anna", "not needed");
        var openEven = LetterFilter.ALL.withCause("even").withKind(Kind.MESSAGE).withState(LetterState.OPEN);

        assertThat(ledger.deadLetters().list(openEven, 0, 2))
                .extracting(Letter.Head::id)
                .containsExactly(3L, 5L);
        assertThat(ledger.deadLetters().list(openEven, 5, 2))
                .extracting(Letter.Head::id)
                .containsExactly(7L);
        assertThat(ledger.deadLetters().list(LetterFilter.ALL.withKind(Kind.USER), 0, 9))
                .isEmpty();
        assertThat(ledger.deadLetters().list(LetterFilter.ALL.withConversation("nowhere"), 0, 9))
                .isEmpty();
        assertThat(ledger.deadLetters().countByCause(LetterFilter.ALL)).isEqualTo(Map.of("even", 4L, "odd", 3L));
        assertThat(ledger.deadLetters().countByCause(openEven)).isEqualTo(Map.of("even", 3L));
        assertThat(ledger.deadLetters().waiting()).isEqualTo(Map.of("even", 3L, "odd", 3L));
        var waived = ledger.deadLetters().find(1).orElseThrow().head();
        assertThat(waived.waivedBy()).isEqualTo("anna");
        assertThat(waived.waivedWhy()).isEqualTo("not needed");
    }

    @Test
    void letters_are_grouped_by_the_one_thing_their_cause_names_the_largest_first() {
        refuse(named("m1", "unknown-author", "U2"), named("m2", "unknown-author", "U1"));
        refuse(named("m3", "unknown-author", "U1"), named("m4", "mapping-failed", "line 3"));
        refuse(named("m5", "mapping-failed", "line 9"), named("m6", "unknown-author", "U3"));
        ledger.deadLetters().waive(6, "anna", "not needed");

        assertThat(ledger.deadLetters().groups(10))
                .containsExactly(
                        new LetterGroup("mapping-failed", null, 2),
                        new LetterGroup("unknown-author", "U1", 2),
                        new LetterGroup("unknown-author", "U2", 1));
        assertThat(ledger.deadLetters().groups(1)).hasSize(1);
        var ofOne = LetterFilter.ALL.withCause("unknown-author").withSubject("U1");
        assertThat(ledger.deadLetters().list(ofOne, 0, 9))
                .extracting(Letter.Head::sourceId)
                .containsExactly("m2", "m3");
    }

    @Test
    void letters_are_chosen_by_step_and_by_the_time_of_their_record() {
        refuse(named("m1", "x", null), Given.refusal("m2", "x", "y"));
        var first = ledger.deadLetters().list(LetterFilter.ALL, 0, 1).get(0);

        assertThat(ids(LetterFilter.ALL.withStage("link"))).containsExactly("m1");
        assertThat(ids(LetterFilter.ALL.between(first.time(), first.time() + 1)))
                .contains("m1");
        assertThat(ids(LetterFilter.ALL.between(null, first.time()))).doesNotContain("m1");
        assertThat(ids(LetterFilter.ALL.between(first.time() + 1, null))).doesNotContain("m1");
    }

    private List<String> ids(LetterFilter filter) {
        return ledger.deadLetters().list(filter, 0, 9).stream()
                .map(Letter.Head::sourceId)
                .toList();
    }

    private static Refusal named(String id, String cause, String detail) {
        return new Refusal(
                Kind.MESSAGE, null, id, "C1", 1_700_000_000_000_000L, null, bytes(id), null, "link", cause, detail);
    }

    private void refuse(Refusal... refusals) {
        ledger.commit(Commit.of(1, Kind.MESSAGE, "C1").withRefused(List.of(refusals)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
