package dev.caravan.command;

import picocli.CommandLine.Command;

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
class DeadLettersCommand extends HelpOptions {}
