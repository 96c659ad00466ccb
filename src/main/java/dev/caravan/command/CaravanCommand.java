package dev.caravan.command;

import java.util.Arrays;
import java.util.Locale;

import dev.caravan.model.Words;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: its verbs, and the language it speaks. */
@Command(
        name = "caravan",
        mixinStandardHelpOptions = true,
        versionProvider = CaravanCommand.Version.class,
        subcommands = {
            CheckCommand.class,
            ProbeCommand.class,
            RunCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            ApproveCommand.class,
            NotifyCommand.class,
            NoticesCommand.class,
            VerifyCommand.class,
            DeadLettersCommand.class,
            FindCommand.class,
            ReportCommand.class,
            RollbackCommand.class,
            EncryptCommand.class,
            ServeCommand.class
        })
public class CaravanCommand {

    private static volatile Words words = Words.in(Locale.getDefault());

    /** Words in the language asked for by {@code --lang}, else of the locale. */
    static Words words() {
        return words;
    }

    static CommandLine parser(CommandLine.IFactory factory, String... args) {
        words = Words.in(language(args));
        var parser = new CommandLine(new CaravanCommand(), factory);
        parser.setOut(Encoding.writer(System.out));
        parser.setErr(Encoding.writer(System.err));
        parser.setResourceBundle(words.bundle());
        parser.setCaseInsensitiveEnumValuesAllowed(true);
        return parser;
    }

    private static Locale language(String... args) {
        var options = Arrays.asList(args);
        var at = options.indexOf("--lang");
        return options.stream()
                .filter(option -> option.startsWith("--lang="))
                .map(option -> option.substring("--lang=".length()))
                .findFirst()
                .or(() -> at >= 0 && at + 1 < options.size()
                        ? java.util.Optional.of(options.get(at + 1))
                        : java.util.Optional.empty())
                .map(Locale::forLanguageTag)
                .orElseGet(Locale::getDefault);
    }

    static class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"caravan " + CaravanCommand.class.getPackage().getImplementationVersion()};
        }
    }
}
