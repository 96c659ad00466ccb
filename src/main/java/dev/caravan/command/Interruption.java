package dev.caravan.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.caravan.migration.CurrentRun;

/**
 * Ctrl-C and SIGTERM: the batches in flight end, the ledger keeps the position, the process ends with
 * {@link ExitStatus#INTERRUPTED}, or as the command says. Closed when the command is done.
 */
final class Interruption implements AutoCloseable {

    /** Longer than any batch takes; a sink that hangs must not keep the process for ever. */
    private static final int SECONDS_TO_FINISH = 30;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private final int status;

    Interruption(CurrentRun current) {
        this(current, ExitStatus.INTERRUPTED);
    }

    /** @param status the process ends with: a service that is told to end has not failed */
    Interruption(CurrentRun current, int status) {
        this.status = status;
        hook = new Thread(() -> stop(current), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop(CurrentRun current) {
        current.stop();
        try {
            done.await(SECONDS_TO_FINISH, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        // Without this the shell would see the signal's number instead of our exit status.
        Runtime.getRuntime().halt(status);
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            // the hook is running already, and was waiting for this
            return;
        }
    }
}
