package dev.caravan.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What could not move, and what to do about it; does nothing without one of its own commands. */
@Command(
        name = "dead-letters",
        subcommands = {
            ListLettersCommand.class,
            ShowLetterCommand.class,
            EditLetterCommand.class,
            ReplayCommand.class,
            WaiveCommand.class,
            CorrectionsCommand.class
        })
class DeadLettersCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            descriptionKey = "option.help")
    private boolean help;

    @Option(names = "--lang", paramLabel = "en|zh", descriptionKey = "option.lang")
    private String language;
}
