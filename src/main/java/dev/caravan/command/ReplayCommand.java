package dev.caravan.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.ledger.Run;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Progress;
import dev.caravan.migration.letters.Replay;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends letters again and tells the account of the run they belong to. */
@Dependent
@Command(name = "replay")
class ReplayCommand extends Verb {

    @ArgGroup(multiplicity = "1")
    private Choice choice;

    static class Choice extends LetterChoice {
        @Option(names = "--all", descriptionKey = "option.all")
        private boolean all;
    }

    @Inject
    Replay replay;

    @Inject
    Migration migration;

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
            end = replay.replay(choice.selection());
        }
        if (end != Run.State.COMPLETED) {
            output.error(words().say("replay.interrupted"));
            return ExitStatus.INTERRUPTED;
        }
        var summary = migration.summary();
        output.print(summary, options().json(), words());
        return ExitStatus.of(summary);
    }
}
