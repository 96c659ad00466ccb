package dev.caravan.fakechat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** A migration under way in a process of its own. */
public record LiveProcess(Process process) implements AutoCloseable {

    private static final int PATIENCE_S = 120;

    /** Sends a signal by its name, as the shell's kill does. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Exit status; a process that does not end in {@value #PATIENCE_S} s is killed. */
    public int end() {
        return endWithin(PATIENCE_S);
    }

    public int endWithin(int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                close();
                throw new AssertionError("not ended after " + seconds + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public boolean lives() {
        return process.isAlive();
    }

    /** kill -9, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
