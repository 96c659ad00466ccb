package dev.caravan.console;

import java.util.List;

import dev.caravan.console.access.Caller;
import dev.caravan.ledger.AuditLog;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Who did what. What cannot be written down is not done. */
@ApplicationScoped
public class History {

    private final LedgerAccess ledgers;
    private final Caller caller;

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
}
