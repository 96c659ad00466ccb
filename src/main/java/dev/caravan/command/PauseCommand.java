package dev.caravan.command;

import dev.caravan.migration.Pausing;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets nothing more be written, until somebody resumes. */
@Dependent
@Command(name = "pause")
class PauseCommand extends Verb {

    @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "option.pause-reason")
    private String reason;

    @Inject
    Pausing pausing;

    @Inject
    Output output;

    @Override
    public Integer call() {
        var standing = pausing.pause(System.getProperty("user.name"), reason);
        if (options().json()) {
            output.json(standing);
        } else {
            output.line(words().say(standing.paused() ? "pause.done" : "pause.undone"));
        }
        return ExitStatus.CLEAN;
    }
}
