package dev.caravan.migration.sample;

import java.io.OutputStream;
import java.util.Locale;

import dev.caravan.ledger.Paged;
import dev.caravan.ledger.Ticks.Tick;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.report.CsvFile;
import jakarta.enterprise.context.ApplicationScoped;

/** What people found of the sample, as a table. */
@ApplicationScoped
public class SampleTable {

    private static final int PAGE = 500;

    private final LedgerAccess ledgers;

    public SampleTable(LedgerAccess ledgers) {
        this.ledgers = ledgers;
    }

    public void write(OutputStream out) {
        try (var csv = new CsvFile(
                out, "id", "conversation", "owner", "time", "delivered", "verdict", "note", "who", "ticked")) {
            new Paged<>(-1, after -> ledgers.ticks().page("", after, PAGE), Tick::place).each(tick -> row(csv, tick));
        }
    }

    private static void row(CsvFile csv, Tick tick) {
        csv.row(
                tick.id(),
                tick.conversation(),
                tick.owner(),
                tick.time(),
                tick.delivered(),
                tick.verdict().name().toLowerCase(Locale.ROOT),
                tick.note(),
                tick.who(),
                tick.ticked());
    }
}
