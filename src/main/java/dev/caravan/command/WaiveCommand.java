package dev.caravan.command;

import dev.caravan.migration.Settings;
import dev.caravan.migration.letters.Letters;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Leaves letters behind, and says who did and why. */
@Dependent
@Command(name = "waive")
class WaiveCommand extends Verb {

    @ArgGroup(multiplicity = "1")
    private LetterChoice choice;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, descriptionKey = "option.reason")
    private String reason;

    @Inject
    Settings settings;

    @Inject
    Letters letters;

    @Inject
    Output output;

    record Waived(int waived) {}

    @Override
    public Integer call() {
        int waived = letters.waive(choice.selection(settings.timeZone()), System.getProperty("user.name"), reason);
        if (options().json()) {
            output.json(new Waived(waived));
        } else {
            output.line(words().say("letters.waived", waived));
        }
        return ExitStatus.CLEAN;
    }
}
