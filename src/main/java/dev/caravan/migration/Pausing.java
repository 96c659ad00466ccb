package dev.caravan.migration;

import java.time.Instant;
import java.util.List;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Requests.Request;
import dev.caravan.ledger.Requests.What;
import jakarta.enterprise.context.ApplicationScoped;

/** Pauses and resumes the migration, whether a process is writing or not. */
@ApplicationScoped
public class Pausing {

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

    /** @param reason or null @throws dev.caravan.model.Problem CRV-303 where no migration has begun, 312 when the writer does not answer */
    public Standing pause(String by, String reason) {
        return ask(Request.of(What.PAUSE, by, reason));
    }

    /** Of a migration that is not paused: nothing changes. */
    public Standing resume(String by) {
        return ask(Request.of(What.RESUME, by, null));
    }

    private Standing ask(Request request) {
        new Asking(ledgers).ask(List.of(request));
        try (Ledger ledger = ledgers.openReadOnly()) {
            return Standing.of(ledger.requests().pause().orElse(null));
        }
    }
}
