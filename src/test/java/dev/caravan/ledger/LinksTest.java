package dev.caravan.ledger;

import java.util.List;

import dev.caravan.model.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinksTest extends LedgerContract {

    @Test
    void conversations_that_end_in_one_target_share_its_number_and_numbers_follow_the_order_of_storing() {
        store(channel("C9", "zebra"), channel("C1", "town-square"));
        store(channel("C5", "town-square"), channel("C7", "new"), channel("C8", "new"));

        assertThat(ledger.links().ofKind(Kind.CHANNEL))
                .extracting(link -> link.sourceId() + " " + link.number())
                .containsExactly("C1 2", "C5 2", "C7 3", "C8 3", "C9 1");
    }

    @Test
    void the_first_link_of_a_source_id_stays_and_uses_up_no_number() {
        store(channel("C1", "first"));
        store(channel("C1", "second"), channel("C2", "third"), channel("C2", "fourth"));

        assertThat(ledger.links().find(Kind.CHANNEL, "C1"))
                .contains(new Link(Kind.CHANNEL, "C1", "first", 1, "{}", LinkOrigin.SOURCE));
        assertThat(ledger.links().find(Kind.CHANNEL, "C2"))
                .contains(new Link(Kind.CHANNEL, "C2", "third", 2, "{}", LinkOrigin.SOURCE));
    }

    @Test
    void users_have_no_number_and_may_share_a_target() {
        store(
                Link.of(Kind.USER, "U1", "anna", null, LinkOrigin.MAP),
                Link.of(Kind.USER, "U2", "anna", null, LinkOrigin.PLACEHOLDER),
                channel("U1", "u1"));

        assertThat(ledger.links().ofKind(Kind.USER))
                .containsExactly(
                        new Link(Kind.USER, "U1", "anna", 0, null, LinkOrigin.MAP),
                        new Link(Kind.USER, "U2", "anna", 0, null, LinkOrigin.PLACEHOLDER));
        assertThat(ledger.links().find(Kind.USER, "U3")).isEmpty();
    }

    private void store(Link... links) {
        ledger.commit(Commit.of(1, Kind.CHANNEL, "").withLinks(List.of(links)));
    }

    private static Link channel(String id, String target) {
        return Link.of(Kind.CHANNEL, id, target, "{}", LinkOrigin.SOURCE);
    }
}
