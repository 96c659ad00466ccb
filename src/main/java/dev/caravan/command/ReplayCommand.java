package dev.caravan.command;

import java.util.function.Consumer;

import dev.caravan.ledger.Run;
import dev.caravan.migration.Settings;
import dev.caravan.migration.letters.Replay;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends letters again and tells the account of the run they belong to. */
@Dependent
@Command(name = "replay")
class ReplayCommand extends JourneyVerb {

    @ArgGroup(multiplicity = "1")
    private Choice choice;

    static class Choice extends LetterChoice {
        @Option(names = "--all", descriptionKey = "option.all")
        private boolean all;
    }

    @Inject
    Settings settings;

    @Inject
    Replay replay;

    @Override
    Run.State travel(Consumer<Run> tell) {
        return replay.replay(choice.selection(settings.timeZone()), tell);
    }

    @Override
    String interrupted() {
        return "replay.interrupted";
    }
}
