package dev.caravan.command;

import java.util.function.Consumer;

import dev.caravan.ledger.Run;
import dev.caravan.migration.PeopleWait;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Moves what the source has and the target has not. */
@Dependent
@Command(name = "run")
class RunCommand extends JourneyVerb {

    @Option(names = "--accept-changes", descriptionKey = "option.accept-changes")
    private boolean acceptChanges;

    @Inject
    PeopleWait people;

    @Override
    Run.State travel(Consumer<Run> tell) {
        return people.await()
                ? migration.run(System.getProperty("user.name"), acceptChanges, tell)
                : Run.State.INTERRUPTED;
    }

    @Override
    String interrupted() {
        return "interrupted";
    }
}
