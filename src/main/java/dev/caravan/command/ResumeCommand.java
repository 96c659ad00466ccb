package dev.caravan.command;

import dev.caravan.migration.Pausing;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;

/** Ends a pause. */
@Dependent
@Command(name = "resume")
class ResumeCommand extends Verb {

    @Inject
    Pausing pausing;

    @Inject
    Output output;

    @Override
    public Integer call() {
        var standing = pausing.resume(System.getProperty("user.name"));
        if (options().json()) {
            output.json(standing);
        } else {
            output.line(words().say(standing.paused() ? "resume.undone" : "resume.done"));
        }
        return ExitStatus.CLEAN;
    }
}
