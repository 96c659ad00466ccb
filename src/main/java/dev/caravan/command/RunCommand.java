package dev.caravan.command;

import dev.caravan.ledger.Run;
import dev.caravan.migration.Migration;
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

    @Override
    public Integer call() {
        return migration.run(acceptChanges) == Run.State.COMPLETED ? ExitStatus.CLEAN : ExitStatus.INTERRUPTED;
    }
}
