package dev.caravan.transport.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.caravan.transport.Rate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How many calls start in what time. */
class PaceTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final FakeTicker ticker = new FakeTicker();

    @Property(tries = 150)
    void no_window_of_a_second_holds_more_calls_than_are_allowed(
            @ForAll @DoubleRange(min = 0.2, max = 300) double rate,
            @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = 0.01, max = 1) Double> shares,
            @ForAll @Size(max = 400) List<@IntRange(max = 1500) Integer> gaps,
            @ForAll @IntRange(max = 40) int latest,
            @ForAll long seed)
            throws InterruptedException {
        var late = new FakeTicker(seed, latest * MILLI);
        var share = new AtomicReference<>(1.0);
        var pace = new Pace(Map.of("messages", rate), share::get, late);
        var random = new Random(seed);
        var starts = new ArrayList<Long>();
        for (var gap : gaps) {
            // Most calls come in heaps, as those of a batch do.
            late.sleep(gap % 3 == 0 ? gap * MILLI : 0);
            share.set(shares.get(random.nextInt(shares.size())));
            pace.take("messages");
            starts.add(late.nanos());
            var allowed = (int) Math.max(1, rate * share.get() + 1e-6);
            assertThat(inTheSecondBefore(starts)).isLessThanOrEqualTo(allowed);
            if (rate * share.get() < 1 && starts.size() > 1) {
                assertThat(late.nanos() - starts.get(starts.size() - 2))
                        .isGreaterThanOrEqualTo((long) (SECOND / (rate * share.get())));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"500, 0.6", "500, 1", "100, 0.9", "30, 0.6", "10, 1", "2000, 1", "100, 0.29"})
    void nearly_all_of_the_rate_is_used_though_threads_wake_late(double rate, double share)
            throws InterruptedException {
        var late = new FakeTicker(7, MILLI);
        var pace = new Pace(Map.of("messages", rate), () -> share, late);
        var calls = (int) (rate * share * 60);
        warmUp(pace, late);
        var began = late.nanos();
        for (var i = 0; i < calls; i++) {
            pace.take("messages");
        }
        var reached = calls / ((late.nanos() - began) / (double) SECOND);
        assertThat(reached / (rate * share)).isBetween(0.95, 1.0);
    }

    @ParameterizedTest
    @CsvSource({"500, 0.6", "30, 0.6", "1000, 1"})
    void what_arrives_unevenly_is_within_the_limit_at_the_target_too(double rate, double share)
            throws InterruptedException {
        var late = new FakeTicker(11, MILLI);
        var pace = new Pace(Map.of("messages", rate), () -> share, late);
        var random = new Random(13);
        var arrivals = new ArrayList<Long>();
        for (var i = 0; i < rate * share * 10; i++) {
            pace.take("messages");
            arrivals.add(late.nanos() + (long) (random.nextDouble() * 24 * MILLI));
        }
        Collections.sort(arrivals);
        for (var i = 1; i <= arrivals.size(); i++) {
            assertThat(inTheSecondBefore(arrivals.subList(0, i))).isLessThanOrEqualTo((int) (rate * share + 1e-6));
        }
    }

    @Property(tries = 20)
    void what_piled_up_on_the_way_counts_from_when_it_arrived(
            @ForAll @IntRange(min = 30, max = 400) int stalledMs, @ForAll @IntRange(min = 2000, max = 2500) int afterMs)
            throws InterruptedException {
        var target = new StallingTarget(afterMs * MILLI, stalledMs * MILLI);
        var pace = new Pace(Map.of("messages", 500.0), () -> 1, target);
        for (var i = 0; i < 2500; i++) {
            target.called(pace, pace.take("messages", new Semaphore(1)));
        }
        Collections.sort(target.arrivals);
        for (var i = 1; i <= target.arrivals.size(); i++) {
            assertThat(inTheSecondBefore(target.arrivals.subList(0, i))).isLessThanOrEqualTo(500);
        }
    }

    @Test
    void the_first_calls_may_all_be_slow_on_their_way() throws InterruptedException {
        var pace = new Pace(Map.of("messages", 100.0), () -> 1, ticker);
        var cold = ticker.nanos() + 400 * MILLI;
        var arrivals = new ArrayList<Long>();
        for (var i = 0; i < 300; i++) {
            pace.take("messages");
            arrivals.add(Math.max(cold, ticker.nanos()));
            assertThat(inTheSecondBefore(arrivals)).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void calls_are_spaced_rather_than_sent_in_bursts() throws InterruptedException {
        var pace = new Pace(Map.of("messages", 100.0), () -> 1, ticker);
        warmUp(pace, ticker);
        ticker.sleep(60 * SECOND);
        var starts = new ArrayList<Long>();
        for (var i = 0; i < 100; i++) {
            pace.take("messages");
            starts.add(ticker.nanos());
        }
        var inTenth = starts.stream().filter(start -> start - starts.get(0) < 100 * MILLI);
        assertThat(inTenth.count()).isBetween(8L, 13L);
    }

    @Test
    void below_one_call_a_second_they_are_that_much_further_apart() throws InterruptedException {
        var pace = new Pace(Map.of("groups", 1.0), () -> 0.25, ticker);
        pace.take("groups");
        var first = ticker.nanos();
        pace.take("groups");
        assertThat(ticker.nanos() - first).isBetween(4 * SECOND, (long) (4.2 * SECOND));
    }

    @Test
    void a_group_without_a_limit_never_waits_but_for_a_pause() throws InterruptedException {
        var pace = new Pace(Map.of("files", Double.POSITIVE_INFINITY), () -> 0.5, ticker);
        for (var i = 0; i < 1000; i++) {
            pace.take("files");
        }
        assertThat(pace.waited("files")).isZero();
        pace.pause("files", Duration.ofSeconds(3));
        pace.take("files");
        assertThat(pace.waited("files")).isEqualTo(Duration.ofSeconds(3));
        assertThat(pace.started("files")).isEqualTo(1001);
    }

    @Test
    void a_group_nobody_declared_is_a_mistake_and_so_is_a_rate_of_nothing() {
        var pace = new Pace(Map.of("messages", 1.0), () -> 1, ticker);
        assertThatThrownBy(() -> pace.take("mesages")).hasMessageContaining("mesages");
        assertThatThrownBy(() -> new Pace(Map.of("messages", 0.0), () -> 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"100, 0.6", "10, 1", "0.5, 1"})
    void the_share_in_use_is_what_may_be_used_while_calls_wait_and_fades_when_none_come(double rate, double share)
            throws InterruptedException {
        var pace = new Pace(Map.of("messages", rate, "unused", 5.0), () -> share, ticker);
        warmUp(pace, ticker);
        for (var i = 0; i < 3 * rate; i++) {
            pace.take("messages");
        }

        var busy = pace.rates();
        assertThat(busy).extracting(Rate::group).containsExactly("messages");
        assertThat(busy.get(0).permitted()).isEqualTo(rate);
        assertThat(busy.get(0).share()).isEqualTo(share);
        assertThat(busy.get(0).inUse()).isBetween(share * 0.9, Math.max(share * 1.1, Math.min(1, 1 / rate)));
        assertThat(busy.get(0).waited()).isPositive();

        ticker.sleep(100 * SECOND);
        assertThat(pace.rates().get(0).inUse()).isLessThan(share / 10);
    }

    @Test
    void of_a_group_without_a_limit_no_share_is_in_use() throws InterruptedException {
        var pace = new Pace(Map.of("messages", Double.POSITIVE_INFINITY), () -> 1, ticker);
        pace.take("messages");

        assertThat(pace.rates()).singleElement().satisfies(rate -> {
            assertThat(rate.limited()).isFalse();
            assertThat(rate.inUse()).isZero();
            assertThat(rate.started()).isOne();
        });
    }

    private static void warmUp(Pace pace, FakeTicker ticker) throws InterruptedException {
        pace.take("messages");
        ticker.sleep(2 * SECOND);
    }

    /** Of times in order: how many lie in the second that ends with the last one. */
    private static int inTheSecondBefore(List<Long> times) {
        var last = times.get(times.size() - 1);
        var count = 0;
        for (var i = times.size() - 1; i >= 0 && last - times.get(i) <= SECOND; i--) {
            count++;
        }
        return count;
    }

    /** Answers 50 ms after a call arrived, with not more than 100 under way; once it takes nothing for a while. */
    private static final class StallingTarget implements Ticker {

        private static final int IN_FLIGHT = 100;

        private final List<Long> arrivals = new ArrayList<>();
        private final Deque<Long> calls = new ArrayDeque<>();
        private final Deque<Long> starts = new ArrayDeque<>();
        private final Deque<Long> replies = new ArrayDeque<>();
        private final long stallFrom;
        private final long stallTo;
        private long now;
        private Pace pace;

        StallingTarget(long stallFrom, long stalled) {
            this.stallFrom = stallFrom;
            this.stallTo = stallFrom + stalled;
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleep(long nanos) {
            var until = now + nanos;
            while (!replies.isEmpty() && replies.peek() <= until) {
                answer();
            }
            now = Math.max(now, until);
        }

        void called(Pace of, long call) {
            pace = of;
            calls.add(call);
            starts.add(now);
            arrivals.add(awake(now));
            replies.add(awake(awake(now) + 50 * MILLI));
            while (starts.size() >= IN_FLIGHT) {
                answer();
            }
        }

        private void answer() {
            now = Math.max(now, replies.remove());
            pace.replied("messages", calls.remove(), starts.remove());
        }

        private long awake(long time) {
            return time >= stallFrom && time < stallTo ? stallTo : time;
        }
    }
}
