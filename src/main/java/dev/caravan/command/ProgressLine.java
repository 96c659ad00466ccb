package dev.caravan.command;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.caravan.migration.Progress;
import dev.caravan.model.Words;

/** Tells on standard error how far the run is: each second on a terminal, each minute elsewhere. */
final class ProgressLine implements AutoCloseable {

    private final Progress progress;
    private final Words words;
    private final boolean terminal = System.console() != null;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "progress"));

    ProgressLine(Progress progress, Words words) {
        this.progress = progress;
        this.words = words;
        int seconds = terminal ? 1 : 60;
        clock.scheduleAtFixedRate(this::print, seconds, seconds, TimeUnit.SECONDS);
    }

    private void print() {
        var state = progress.state();
        double seconds = (System.nanoTime() - began) / 1e9;
        var line = words.say(
                "progress",
                words.say("phase." + (state.phase().isEmpty() ? "start" : state.phase())),
                state.messages(),
                Math.round(state.messages() / seconds),
                state.lanesTaken(),
                state.lanes(),
                remaining(state, seconds));
        System.err.print(terminal ? "\r\u001B[K" + line : line + System.lineSeparator());
        System.err.flush();
    }

    private static String remaining(Progress.State state, double seconds) {
        return state.remaining(Duration.ofMillis(Math.round(seconds * 1000)))
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
