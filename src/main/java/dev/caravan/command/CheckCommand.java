package dev.caravan.command;

import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Progress;
import dev.caravan.migration.check.Check;
import dev.caravan.migration.check.CheckResult;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;

@Dependent
@Command(name = "check")
class CheckCommand extends Verb {

    @Inject
    Check check;

    @Inject
    CurrentRun current;

    @Inject
    Progress progress;

    @Inject
    Output output;

    @Override
    public Integer call() {
        CheckResult result;
        try (var interruption = new Interruption(current);
                var line = new ProgressLine(progress, words())) {
            result = check.check();
        }
        if (options().json()) {
            output.json(result.told(words()));
        } else {
            new CheckWords(words(), output).print(result);
        }
        if (!result.complete() && result.problems().isEmpty()) {
            return ExitStatus.INTERRUPTED;
        }
        if (!result.problems().isEmpty()) {
            return ExitStatus.of(result.problems().get(0));
        }
        return result.dead() > 0 ? ExitStatus.DEAD_LETTERS : ExitStatus.CLEAN;
    }
}
