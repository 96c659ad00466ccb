package dev.caravan.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Carries edits and waivers to another migration of the same source; does nothing without one of its own commands. */
@Command(
        name = "corrections",
        subcommands = {ExportCorrectionsCommand.class, ApplyCorrectionsCommand.class})
class CorrectionsCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            descriptionKey = "option.help")
    private boolean help;

    @Option(names = "--lang", paramLabel = "en|zh", descriptionKey = "option.lang")
    private String language;
}
