package dev.caravan.command;

import picocli.CommandLine.Command;

/** Carries edits and waivers to another migration of the same source; does nothing without one of its own commands. */
@Command(
        name = "corrections",
        subcommands = {ExportCorrectionsCommand.class, ApplyCorrectionsCommand.class})
class CorrectionsCommand extends HelpOptions {}
