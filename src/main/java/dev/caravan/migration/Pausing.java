package dev.caravan.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Requests.Request;
import dev.caravan.ledger.Requests.What;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Pauses and resumes the migration, whether a process is writing or not. */
@ApplicationScoped
public class Pausing {

    private static final String OTHER_WRITES = "CRV-301";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final LedgerAccess ledgers;

    public Pausing(LedgerAccess ledgers) {
        this.ledgers = ledgers;
    }

    /**
     * What holds from now on.
     *
     * @param since null unless it is paused, as are the others
     */
    public record Standing(boolean paused, Instant since, String by, String reason) {
        static Standing of(Pause pause) {
            return pause == null
                    ? new Standing(false, null, null, null)
                    : new Standing(true, pause.since(), pause.by(), pause.reason());
        }
    }

    /** @param reason or null @throws Problem CRV-303 where no migration has begun, 312 when the writer does not answer */
    public Standing pause(String by, String reason) {
        return ask(new Request(What.PAUSE, by, reason));
    }

    /** Of a migration that is not paused: nothing changes. */
    public Standing resume(String by) {
        return ask(new Request(What.RESUME, by, null));
    }

    private Standing ask(Request request) {
        long seq = ledgers.leave(request);
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            carryOutIfNobodyWrites();
            try (Ledger ledger = ledgers.openReadOnly()) {
                if (ledger.requests().isDone(seq)) {
                    return Standing.of(ledger.requests().pause().orElse(null));
                }
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        throw new Problem("CRV-312", PATIENCE.toSeconds());
    }

    private void carryOutIfNobodyWrites() {
        try (Ledger ledger = ledgers.open()) {
            ledger.requests().carryOut();
        } catch (Problem problem) {
            if (!OTHER_WRITES.equals(problem.code())) {
                throw problem;
            }
        }
    }
}
