package dev.caravan.migration;

/**
 * Is told what of a run is news for people; what of it is counted, {@link RunWatch} is told. Called in the thread that does
 * the work: returns soon, and throws nothing that would stop it.
 */
public interface RunNews {

    /** @param command the work's name in the ledger */
    void began(String command, ActiveRun run);

    /** A phase of a run begins. */
    void phase(ActiveRun run, String phase);

    void completed(String command, ActiveRun run);

    /** It was asked to stop, and goes on next time. */
    void stopped(String command, ActiveRun run);

    void failed(String command, ActiveRun run, RuntimeException why);
}
