package dev.caravan.command;

import picocli.CommandLine.Option;

/** Options every command has, also one that does nothing without one of its own commands. */
public class HelpOptions {

    @Option(names = "--lang", paramLabel = "en|zh", descriptionKey = "option.lang")
    private String language;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            descriptionKey = "option.help")
    private boolean help;
}
