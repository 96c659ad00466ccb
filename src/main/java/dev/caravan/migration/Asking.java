package dev.caravan.migration;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Requests.Request;
import dev.caravan.model.Problem;

/** Asks the process that writes to do what this one may not; where nobody writes, does it here. */
public final class Asking {

    private static final String OTHER_WRITES = "CRV-301";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final LedgerAccess ledgers;

    public Asking(LedgerAccess ledgers) {
        this.ledgers = ledgers;
    }

    /** Whether it is refused because another process writes: that one may be asked. */
    public static boolean maySomebodyElse(Problem problem) {
        return OTHER_WRITES.equals(problem.code());
    }

    /**
     * Returns when all of it is done.
     *
     * @throws Problem CRV-303 where no migration has begun, 312 when the writer does not answer
     */
    public void ask(List<Request> requests) {
        var left = ledgers.leave(requests);
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            carryOutIfNobodyWrites();
            try (Ledger ledger = ledgers.openReadOnly()) {
                if (ledger.requests().areDone(left)) {
                    return;
                }
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        throw new Problem("CRV-312", PATIENCE.toSeconds());
    }

    private void carryOutIfNobodyWrites() {
        try {
            ledgers.change(ledger -> {
                ledger.requests().carryOut();
                return true;
            });
        } catch (Problem problem) {
            if (!maySomebodyElse(problem)) {
                throw problem;
            }
        }
    }
}
