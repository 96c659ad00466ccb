package dev.caravan.transport.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever has to wait: for a pause to end, for a share of the rate, for those who came before. */
class PaceWaitTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final FakeTicker ticker = new FakeTicker();

    @Test
    void a_pause_holds_back_its_group_only_and_a_shorter_one_does_not_end_it() throws InterruptedException {
        var pace = new Pace(Map.of("messages", 10.0, "users", 10.0), () -> 1, ticker);
        pace.pause("messages", Duration.ofSeconds(30));
        pace.pause("messages", Duration.ofSeconds(2));
        pace.pause("messages", Duration.ofSeconds(-2));
        var began = ticker.nanos();
        pace.take("users");
        assertThat(ticker.nanos()).isEqualTo(began);
        assertThat(pace.paused("users")).isZero();
        assertThat(pace.paused("messages")).isEqualTo(Duration.ofSeconds(30));
        pace.take("messages");
        assertThat(ticker.nanos() - began).isEqualTo(30 * SECOND);
        assertThat(pace.paused("messages")).isZero();
    }

    @Test
    void a_pause_that_comes_while_a_call_waits_holds_that_call_back_too() throws InterruptedException {
        var pace = new AtomicReference<Pace>();
        var pausing = new Ticker() {
            private boolean paused;

            @Override
            public long nanos() {
                return ticker.nanos();
            }

            @Override
            public void sleep(long nanos) {
                ticker.sleep(nanos);
                if (!paused) {
                    paused = true;
                    pace.get().pause("messages", Duration.ofSeconds(9));
                }
            }
        };
        pace.set(new Pace(Map.of("messages", 10.0), () -> 1, pausing));
        pace.get().take("messages");
        pace.get().take("messages");
        assertThat(ticker.nanos()).isGreaterThan(9 * SECOND);
    }

    @Test
    void nothing_starts_while_the_share_is_nothing_and_goes_on_within_a_second_when_there_is_one() throws Exception {
        var opens = ticker.nanos() + 3600 * SECOND;
        var pace = new Pace(Map.of("messages", 10.0), () -> ticker.nanos() < opens ? 0 : 0.5, ticker);
        pace.take("messages");
        assertThat(ticker.nanos()).isBetween(opens, opens + SECOND);
    }

    @Test
    void threads_are_served_in_the_order_they_came() throws Exception {
        var open = new CountDownLatch(1);
        var gate = new Ticker() {
            @Override
            public long nanos() {
                return ticker.nanos();
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                open.await();
                ticker.sleep(nanos);
            }
        };
        var pace = new Pace(Map.of("messages", 10.0), () -> 1, gate);
        pace.take("messages");
        var served = Collections.synchronizedList(new ArrayList<Integer>());
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 4; i++) {
            var number = i;
            var thread = new Thread(() -> {
                try {
                    pace.take("messages", new OrderedPlaces(served, number));
                } catch (InterruptedException stopped) {
                    served.add(-1);
                }
            });
            thread.start();
            threads.add(thread);
            Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
        }
        open.countDown();
        for (var thread : threads) {
            thread.join(10_000);
        }
        assertThat(served).containsExactly(0, 1, 2, 3);
    }

    @Test
    void who_is_interrupted_while_waiting_spends_nothing() throws Exception {
        var pace = new Pace(Map.of("messages", 0.001), () -> 1);
        pace.take("messages");
        var thrown = new AtomicReference<Throwable>();
        var thread = new Thread(() -> {
            try {
                pace.take("messages");
            } catch (InterruptedException stopped) {
                thrown.set(stopped);
            }
        });
        thread.start();
        thread.interrupt();
        thread.join(10_000);
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(pace.started("messages")).isEqualTo(1);
    }

    /** Notes who gets a place; it is asked for when it is one's turn. */
    private static final class OrderedPlaces extends Semaphore {

        private final transient List<Integer> served;
        private final int number;

        OrderedPlaces(List<Integer> served, int number) {
            super(1);
            this.served = served;
            this.number = number;
        }

        @Override
        public void acquire() {
            served.add(number);
        }
    }
}
