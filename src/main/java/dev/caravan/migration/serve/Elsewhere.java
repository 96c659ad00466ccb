package dev.caravan.migration.serve;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.migration.LedgerAccess;
import jakarta.enterprise.context.ApplicationScoped;

/** What another process does with the ledger: a command in a terminal, or a second service. */
@ApplicationScoped
public class Elsewhere {

    /** A writer leaves a sign of life every other second; after this long it was killed, cut off or put to sleep. */
    private static final Duration SILENT_AFTER = Duration.ofSeconds(8);

    private final Clock clock;

    private final LedgerAccess ledgers;

    public Elsewhere(Clock clock, LedgerAccess ledgers) {
        this.clock = clock;
        this.ledgers = ledgers;
    }

    /**
     * @param owner user, host and number of the process
     * @param since when it began to write
     * @param aliveSecondsAgo when it last left a sign of life
     * @param silent whether that is too long ago: it does not go on
     * @param command what it does; see {@link Run#command}; null when it is no run
     * @param phase of that run, or null
     */
    public record Writer(
            String owner, Instant since, long aliveSecondsAgo, boolean silent, String command, String phase) {}

    /** As {@link #in}, of the ledger of the settings. */
    public Optional<Writer> now() {
        return ledgers.findReadOnly().flatMap(found -> {
            try (Ledger ledger = found) {
                return in(ledger);
            }
        });
    }

    /** Empty while nobody writes, or only this process. */
    public Optional<Writer> in(Ledger ledger) {
        var holder = ledger.holder();
        if (holder.epoch() == 0 || holder.released() != null || holder.isThisProcess()) {
            return Optional.empty();
        }
        var age = Duration.between(holder.heartbeat(), clock.instant());
        var silent = age.compareTo(SILENT_AFTER) > 0;
        var run = ledger.runs().all().stream().findFirst().filter(last -> last.state() == Run.State.RUNNING);
        // Whoever is silent and left no run behind left nothing behind that matters.
        return silent && run.isEmpty()
                ? Optional.empty()
                : Optional.of(new Writer(
                        holder.owner(),
                        holder.since(),
                        Math.max(0, age.toSeconds()),
                        silent,
                        run.map(Run::command).orElse(null),
                        run.map(Run::phase).orElse(null)));
    }
}
