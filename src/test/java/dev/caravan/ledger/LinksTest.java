package dev.caravan.ledger;

import java.util.List;

import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinksTest extends LedgerContract {

    @Test
    void links_come_back_by_kind_and_source_id() {
        var lobby = new Link(Kind.CHANNEL, "C9", "public/lobby", 1);
        var merged = new Link(Kind.CHANNEL, "C1", "public/lobby", 1);
        var anna = new Link(Kind.USER, "C1", "anna", 0);
        store(lobby, merged, anna);

        assertThat(ledger.links().ofKind(Kind.CHANNEL)).containsExactly(merged, lobby);
        assertThat(ledger.links().ofKind(Kind.USER)).containsExactly(anna);
        assertThat(ledger.links().find(Kind.CHANNEL, "C1")).contains(merged);
        assertThat(ledger.links().find(Kind.USER, "C9")).isEmpty();
    }

    @Test
    void the_last_link_of_a_source_id_stays_also_of_two_in_one_commit() {
        store(new Link(Kind.USER, "U1", "anna", 0));
        store(new Link(Kind.USER, "U1", "annika", 0), new Link(Kind.USER, "U1", "anne", 0));

        assertThat(ledger.links().ofKind(Kind.USER)).containsExactly(new Link(Kind.USER, "U1", "anne", 0));
    }

    private void store(Link... links) {
        ledger.commit(Commit.of(1, Kind.CHANNEL, "").withLinks(List.of(links)));
    }
}
