package dev.caravan.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.ledger.Run;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Progress;
import dev.caravan.migration.report.Reports;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Dependent
@Command(name = "run")
class RunCommand extends Verb {

    @Option(names = "--accept-changes", descriptionKey = "option.accept-changes")
    private boolean acceptChanges;

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

    @Override
    public Integer call() throws JsonProcessingException {
        Run.State end;
        try (var interruption = new Interruption(current);
                var line = new ProgressLine(progress, words())) {
            end = migration.run(acceptChanges);
        }
        if (end != Run.State.COMPLETED) {
            output.error(words().say("interrupted"));
            return ExitStatus.INTERRUPTED;
        }
        var summary = migration.summary();
        var page = reports.write(Migration.COMMAND, words());
        output.print(summary, options().json(), words());
        if (!options().json()) {
            output.line(words().say("report.written", page));
        }
        return ExitStatus.of(summary);
    }
}
