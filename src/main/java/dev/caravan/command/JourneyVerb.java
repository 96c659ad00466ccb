package dev.caravan.command;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.caravan.ledger.Run;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Progress;
import dev.caravan.migration.RunSummary;
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

    /** @param tell what {@link dev.caravan.migration.Journey#take} asks for */
    abstract Run.State travel(Consumer<Run> tell);

    /** Key of what is said when it was stopped before its end. */
    abstract String interrupted();

    @Override
    public Integer call() {
        var told = new AtomicReference<RunSummary>();
        try (var interruption = new Interruption(current);
                var line = new ProgressLine(progress, words())) {
            var end = travel(run -> told.set(tell(run, line)));
            if (end != Run.State.COMPLETED) {
                // Before the interruption is closed, which ends the process.
                output.error(words().say(interrupted()));
                return ExitStatus.INTERRUPTED;
            }
        }
        return ExitStatus.of(told.get());
    }

    private RunSummary tell(Run run, ProgressLine line) {
        var summary = migration.summary(run);
        var page = reports.write(run, words());
        line.close();
        if (!options().json()) {
            output.line(words().say("report.written", page));
        }
        output.print(summary, options().json(), words());
        return summary;
    }
}
