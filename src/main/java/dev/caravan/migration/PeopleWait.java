package dev.caravan.migration;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.caravan.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Lets a run wait while the draft of who is who holds doubtful people, when the operator wants that. Before it begins: a run keeps
 * the user map it started with.
 */
@ApplicationScoped
public class PeopleWait {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Settings settings;
    private final LedgerAccess ledgers;
    private final CurrentRun current;
    private final Progress progress;

    public PeopleWait(Settings settings, LedgerAccess ledgers, CurrentRun current, Progress progress) {
        this.settings = settings;
        this.ledgers = ledgers;
        this.current = current;
        this.progress = progress;
    }

    /** Returns whether the run may begin; false when somebody asked it to stop. */
    public boolean await() {
        if (!settings.people().waitForDoubtful()) {
            return true;
        }
        try {
            for (long doubtful = doubtful(); doubtful > 0; doubtful = doubtful()) {
                if (current.stopAsked()) {
                    return false;
                }
                progress.halted(Halt.byPeople(doubtful));
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            return true;
        } finally {
            progress.goesOn();
        }
    }

    private long doubtful() {
        var ledger = ledgers.findReadOnly();
        ledger.ifPresent(Ledger::close);
        return ledger.isPresent() ? ledgers.people().doubtful() : 0;
    }
}
