package dev.caravan.migration.notify;

import java.util.List;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Notices.Entry;
import dev.caravan.migration.LedgerAccess;
import jakarta.enterprise.context.ApplicationScoped;

/** What people were told of the migration. */
@ApplicationScoped
public class Told {

    private final LedgerAccess ledgers;

    public Told(LedgerAccess ledgers) {
        this.ledgers = ledgers;
    }

    /** Newest first; nothing while no migration has begun. */
    public List<Entry> last(int limit) {
        var found = ledgers.findReadOnly();
        found.ifPresent(Ledger::close);
        return found.isEmpty() ? List.of() : ledgers.notices().last(limit);
    }
}
