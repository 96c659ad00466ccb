package dev.caravan.command;

import dev.caravan.migration.check.Probe;
import dev.caravan.transport.TargetProbe;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;

/** Tries on throw-away objects what the target's documents leave open. */
@Dependent
@Command(name = "probe")
class ProbeCommand extends Verb {

    @Inject
    Probe probe;

    @Inject
    Output output;

    @Override
    public Integer call() {
        var result = probe.probe();
        if (options().json()) {
            output.json(result);
        } else {
            say(result);
        }
        return result.left().isEmpty() ? ExitStatus.CLEAN : ExitStatus.DIFFERENT;
    }

    private void say(TargetProbe.Result result) {
        result.found()
                .forEach(found -> output.line(words().say(
                                found.holds() ? "probe.holds" : "probe.differs",
                                words().say(found.wordsKey()),
                                found.detail())));
        if (!result.left().isEmpty()) {
            output.line(words().say("probe.left", String.join(", ", result.left())));
        }
    }
}
