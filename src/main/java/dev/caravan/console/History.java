package dev.caravan.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.caravan.console.access.Caller;
import dev.caravan.ledger.AuditLog;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Who did what. What cannot be written down is not done. */
@ApplicationScoped
public class History {

    /** All of it is read: with a million entries that takes seconds. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMinutes(1);

    private final LedgerAccess ledgers;
    private final Caller caller;
    private volatile Looked looked;

    public History(LedgerAccess ledgers, Caller caller) {
        this.ledgers = ledgers;
        this.caller = caller;
    }

    /**
     * Writes down what the caller is about to do, and does it; also that it was refused.
     *
     * @param what see {@link AuditLog.Entry}
     */
    public void doing(String what, String detail, Runnable deed) {
        note(caller.name(), what, detail);
        try {
            deed.run();
        } catch (Problem refused) {
            note(caller.name(), "refused", what + " " + refused.code());
            throw refused;
        }
    }

    /** What the caller did. */
    public void note(String what, String detail) {
        note(caller.name(), what, detail);
    }

    /** What somebody did who signs in just now. */
    public void note(String who, String what, String detail) {
        ledgers.audit().add(who, what, detail);
    }

    /** See {@link AuditLog#page}. */
    public List<AuditLog.Entry> page(long before, int limit) {
        return ledgers.audit().page(before, limit);
    }

    /** Whether what was written is as it was written; looked at again at most once a minute. */
    public AuditLog.Chain chain() {
        var known = looked;
        if (known == null || known.at().plus(LOOK_AGAIN_AFTER).isBefore(Instant.now())) {
            known = new Looked(Instant.now(), ledgers.audit().chain());
            looked = known;
        }
        return known.chain();
    }

    private record Looked(Instant at, AuditLog.Chain chain) {}
}
