package dev.caravan.ledger;

import java.time.Duration;
import java.util.List;

import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ThroughputTest extends LedgerContract {

    @Test
    void a_sample_sums_records_of_all_kinds_and_none_of_their_parts() {
        var tally = Tally.NONE
                .plus("user", Tally.What.READ, 2)
                .plus("user", Tally.What.DELIVERED, 2)
                .plus("message", Tally.What.READ, 5)
                .plus("message", Tally.What.DEAD, 1)
                .plus("reaction", Tally.What.READ, 9);
        ledger.commit(Commit.of(1, Kind.MESSAGE, "C1").withTally(tally));

        ledger.throughput().note(1, List.of(), 80, true);

        assertThat(ledger.throughput().of(1)).singleElement().satisfies(sample -> assertThat(
                        List.of(sample.read(), sample.delivered(), sample.dead(), (long) sample.share()))
                .containsExactly(7L, 2L, 1L, 80L));
        assertThat(ledger.throughput().of(2)).isEmpty();
    }

    @Test
    void however_often_it_is_asked_there_is_one_sample_in_two_seconds() {
        for (int beat = 0; beat < 5; beat++) {
            ledger.throughput().note(1, List.of(), 100, false);
        }
        assertThat(ledger.throughput().of(1)).hasSizeLessThan(5);
    }

    @Test
    void old_samples_are_thinned() throws Exception {
        long hour = Duration.ofHours(1).toMillis();
        long twoHoursAgo = (System.currentTimeMillis() - 2 * hour) / hour * hour;
        long monthAgo = (System.currentTimeMillis() - 30 * 24 * hour) / hour * hour;
        var at = Database.at(address());
        try (var connection = at.writer();
                var insert = connection.prepareStatement("INSERT INTO throughput VALUES (1, ?, 0, 0, 0, 0)")) {
            at.begin(connection);
            for (long start : List.of(twoHoursAgo, monthAgo)) {
                for (int sample = 0; sample < 60; sample++) {
                    insert.setLong(1, start + sample * 10_000L);
                    insert.executeUpdate();
                }
            }
            at.commit(connection);
        }

        ledger.throughput().note(1, List.of(), 0, true);

        assertThat(ledger.throughput().of(1))
                .extracting(sample -> sample.time().toEpochMilli())
                .filteredOn(time -> time < twoHoursAgo + hour)
                .hasSize(11)
                .contains(
                        monthAgo,
                        twoHoursAgo,
                        twoHoursAgo + Duration.ofMinutes(9).toMillis())
                .doesNotContain(monthAgo + Duration.ofMinutes(1).toMillis());
    }

    @Test
    void lanes_are_told_page_by_page_with_what_the_run_before_read() {
        ledger.commit(Commit.of(1, Kind.CHANNEL, "")
                .withLinks(List.of(
                        new Link(Kind.CHANNEL, "C1", "public/one", 1, "one"),
                        new Link(Kind.CHANNEL, "C2", "public/one", 1, "also one"),
                        new Link(Kind.CHANNEL, "C3", "public/three", 2, null),
                        new Link(Kind.CHANNEL, "C4", "!except-channels", 0, "old"),
                        new Link(Kind.CHANNEL, "C5", "!except-channels", 0, "older"))));
        read(1, "C1", 8);
        read(2, "C1", 3);
        read(2, "C3", 2);
        ledger.throughput().note(2, List.of("C3"), 100, true);

        assertThat(ledger.lanes().page(2, 1, "", 2))
                .extracting(Lanes.Lane::id, Lanes.Lane::begun, Lanes.Lane::done, Lanes.Lane::read, Lanes.Lane::before)
                .containsExactly(tuple("C1", true, false, 3L, 8L), tuple("C3", true, true, 2L, 0L));
        assertThat(ledger.lanes().page(2, 1, "C3", 9))
                .extracting(Lanes.Lane::id, Lanes.Lane::begun)
                .containsExactly(tuple("C4", false), tuple("C5", false));
    }

    private void read(int run, String lane, long messages) {
        ledger.commit(
                Commit.of(run, Kind.MESSAGE, lane).withTally(Tally.NONE.plus("message", Tally.What.READ, messages)));
    }
}
