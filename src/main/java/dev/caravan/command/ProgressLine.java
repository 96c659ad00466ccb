package dev.caravan.command;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.caravan.migration.Halt;
import dev.caravan.migration.Progress;
import dev.caravan.model.Words;

/** Tells on standard error how far the run is: each second on a terminal, each minute elsewhere. */
final class ProgressLine implements AutoCloseable {

    private static final int SECONDS_OF_SILENCE = 60;
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private final Progress progress;
    private final Words words;
    private final boolean terminal = System.console() != null && !StandardError.isLog();
    private Halt told;
    private int silent;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "progress"));

    ProgressLine(Progress progress, Words words) {
        this.progress = progress;
        this.words = words;
        clock.scheduleAtFixedRate(this::tell, 1, 1, TimeUnit.SECONDS);
    }

    /** Elsewhere that nothing is written any more, or again, is told at once, too. */
    private void tell() {
        var state = progress.state();
        silent++;
        if (terminal || silent >= SECONDS_OF_SILENCE || !reason(state.halt()).equals(reason(told))) {
            told = state.halt();
            silent = 0;
            print(state);
        }
    }

    /** A target that puts off for a moment what it is sent is nothing to speak of. */
    private static String reason(Halt halt) {
        if (halt == null
                || halt.why() == Halt.Why.TARGET
                        && halt.since().isAfter(Instant.now().minus(A_MOMENT))) {
            return "";
        }
        return halt.why() + " " + halt.by() + (halt.why() == Halt.Why.TARGET ? "" : halt.reason());
    }

    private void print(Progress.State state) {
        double seconds = (System.nanoTime() - began) / 1e9;
        var line = words.say(
                "progress",
                words.say("phase." + (state.phase().isEmpty() ? "start" : state.phase())),
                state.messages(),
                Math.round(state.messages() / seconds),
                state.lanesDone(),
                state.lanes(),
                remaining(state));
        if (state.halt() != null) {
            line = words.say("progress.halted", line, state.halt().inWords(words, Instant.now()));
        }
        if (terminal) {
            System.err.print("\r\u001B[K" + line);
            System.err.flush();
        } else {
            StandardError.line(line);
        }
    }

    private static String remaining(Progress.State state) {
        return state.remaining()
                .map(left -> "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart()))
                .orElse("?");
    }

    @Override
    public void close() {
        clock.shutdownNow();
        if (terminal) {
            System.err.print("\r\u001B[K");
        }
    }
}
