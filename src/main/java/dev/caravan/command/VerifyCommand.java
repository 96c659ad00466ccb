package dev.caravan.command;

import java.util.function.Consumer;

import dev.caravan.ledger.Run;
import jakarta.enterprise.context.Dependent;
import picocli.CommandLine.Command;

/** Compares the target with the ledger once more, without moving anything. */
@Dependent
@Command(name = "verify")
class VerifyCommand extends JourneyVerb {

    @Override
    Run.State travel(Consumer<Run> tell) {
        return migration.verify(tell);
    }

    @Override
    String interrupted() {
        return "verify.interrupted";
    }
}
