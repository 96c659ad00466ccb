package dev.caravan.migration.letters;

import java.util.function.Consumer;
import java.util.function.Function;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Run;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.Journey;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Sends dead letters again, by the road every record takes, into the account of the last completed run: package and
 * account are afterwards those of a mended source. Each letter is sent once, however often a replay is killed or repeated,
 * because what became of it is committed with its records.
 */
@ApplicationScoped
public class Replay {

    static final String COMMAND = "replay";

    private final Journey journey;
    private final Settings settings;

    public Replay(Journey journey, Settings settings) {
        this.journey = journey;
        this.settings = settings;
    }

    /**
     * Letters that were sent or waived before are passed over.
     *
     * @param tell see {@link Journey#take}
     * @throws Problem CRV-601 for a number no letter has, CRV-605 while no run is completed; and those of a run
     */
    public Run.State replay(Selection selection, Consumer<Run> tell) {
        Function<Ledger, Run> account = ledger -> {
            selection.in(ledger);
            return completed(ledger);
        };
        var plan = new Journey.Plan(COMMAND, "direct:replay", account, run -> batches(run, selection), run -> {});
        // A replay has no position: whatever version of the files is there now serves it.
        return journey.take(plan, true, tell);
    }

    private LetterBatches batches(ActiveRun run, Selection selection) {
        return new LetterBatches(
                ids -> run.ledger().deadLetters().take(ids),
                completed(run.ledger()).id(),
                selection.in(run.ledger()),
                run.cleansing().byteRepair(),
                settings.batchSize());
    }

    /** Letters of an unfinished run are still being found, and its account is not yet one of a whole source. */
    private static Run completed(Ledger ledger) {
        return ledger.runs()
                .last(Migration.COMMAND)
                .filter(run -> run.state() == Run.State.COMPLETED)
                .orElseThrow(() -> new Problem("CRV-605"));
    }
}
