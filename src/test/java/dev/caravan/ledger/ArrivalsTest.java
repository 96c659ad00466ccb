package dev.caravan.ledger;

import java.util.List;
import java.util.TreeMap;

import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalsTest extends LedgerContract {

    private static final long MILLI = 1_000;

    @Test
    void a_message_shows_its_own_time_or_the_one_the_last_seal_gave_it() {
        commit(List.of(Given.message(1, 5 * MILLI), Given.message(1, 6 * MILLI)));
        ledger.seals().assign(1, List.of(new AssignedTime(1, new Key(6 * MILLI, "m6000"), 7)));
        ledger.seals().add(1, 1, 1, "package.zip", "00", 1, "in", Tally.NONE);

        assertThat(ledger.arrivals().find(Kind.MESSAGE, 1, new Key(5 * MILLI, "m5000")))
                .hasValueSatisfying(one -> assertThat(one.shown()).isEqualTo(5));
        assertThat(ledger.arrivals().find(Kind.MESSAGE, 1, "m6000"))
                .hasValueSatisfying(one -> assertThat(one.shown()).isEqualTo(7));
        assertThat(ledger.arrivals().find(Kind.MESSAGE, 2, "m6000")).isEmpty();
        try (var all = ledger.arrivals().messages(1)) {
            assertThat(all.next().key().id()).isEqualTo("m5000");
            assertThat(all.next().arrived()).isTrue();
            assertThat(all.hasNext()).isFalse();
        }
    }

    @Test
    void letters_and_names_are_found_by_what_people_have_of_them() {
        ledger.runs().start("run", new TreeMap<>(), false);
        ledger.commit(Commit.of(1, Kind.MESSAGE, "C1")
                .withRefused(List.of(Given.refusal("C1/7", "{}", "no-time")))
                .withLinks(List.of(
                        new Link(Kind.CHANNEL, "C1", "public/lobby", 1, "Lobby"),
                        new Link(Kind.CHANNEL, "C2", "private/board", 2, "board"))));

        assertThat(ledger.deadLetters().of("C1/7")).hasSize(1);
        assertThat(ledger.deadLetters().of("C1/8")).isEmpty();
        for (var name : List.of("C1", "LOBBY", "public/lobby")) {
            assertThat(ledger.links().named(Kind.CHANNEL, name))
                    .as(name)
                    .extracting(Link::sourceId)
                    .containsExactly("C1");
        }
        assertThat(ledger.links().named(Kind.CHANNEL, "%")).isEmpty();
        assertThat(ledger.links().named(Kind.USER, "lobby")).isEmpty();
        assertThat(ledger.conversations().page(1, "", 1))
                .extracting(one -> one.link().sourceId())
                .containsExactly("C1");
        assertThat(ledger.conversations().page(1, "C1", 9))
                .extracting(one -> one.link().sourceId())
                .containsExactly("C2");
    }
}
