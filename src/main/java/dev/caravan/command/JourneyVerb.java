package dev.caravan.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.ledger.Run;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Progress;
import dev.caravan.migration.report.Reports;
import jakarta.inject.Inject;

/** A command that works for a while on ledger and target: shows progress, stops cleanly, ends with the account. */
abstract class JourneyVerb extends Verb {

    @Inject
    Migration migration;

    @Inject
    Reports reports;

    @Inject
    CurrentRun current;

    @Inject
    Progress progress;

    @Inject
    Output output;

    abstract Run.State travel();

    /** Key of what is said when it was stopped before its end. */
    abstract String interrupted();

    @Override
    public Integer call() throws JsonProcessingException {
        Run.State end;
        try (var interruption = new Interruption(current);
                var line = new ProgressLine(progress, words())) {
            end = travel();
            if (end != Run.State.COMPLETED) {
                // Before the interruption is closed, which ends the process.
                output.error(words().say(interrupted()));
            }
        }
        if (end != Run.State.COMPLETED) {
            return ExitStatus.INTERRUPTED;
        }
        var summary = migration.summary();
        var page = reports.write(Migration.COMMAND, words());
        if (!options().json()) {
            output.line(words().say("report.written", page));
        }
        output.print(summary, options().json(), words());
        return ExitStatus.of(summary);
    }
}
