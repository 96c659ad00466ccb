package dev.caravan.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.caravan.model.Problem;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/**
 * Reads the command line before Quarkus starts, because Quarkus needs its settings (and whether to open a port) at its
 * start, and because help and usage errors should cost nothing and touch nothing.
 */
@QuarkusMain
public class Launcher {

    public static void main(String... args) {
        Encoding.speak();
        var parser = CaravanCommand.parser(CommandLine.defaultFactory(), args);
        try {
            var parsed = parser.parseArgs(args);
            var help = CommandLine.executeHelpRequest(parsed);
            if (help != null) {
                System.exit(help);
            }
            var verb = leaf(parsed);
            if (!(verb.commandSpec().userObject() instanceof Verb command)) {
                verb.commandSpec().commandLine().usage(System.err);
                System.exit(ExitStatus.USAGE);
                return;
            }
            System.setProperty("caravan.home", home().toString());
            CommandSettings.apply(command.options());
            var settings = SettingsCheck.validate();
            Platform.tell(settings);
            command.prepare(settings);
            System.setProperty("quarkus.http.host-enabled", Boolean.toString(command.opensPorts()));
            System.setProperty("quarkus.management.host-enabled", Boolean.toString(command.opensPorts()));
        } catch (CommandLine.ParameterException usage) {
            System.err.println(usage.getMessage());
            System.err.println(CaravanCommand.words().say("try-help"));
            System.exit(ExitStatus.USAGE);
        } catch (Problem problem) {
            System.err.println(problem.inWords(CaravanCommand.words()));
            System.exit(ExitStatus.of(problem));
        }
        Quarkus.run(CaravanApplication.class, args);
    }

    private static CommandLine.ParseResult leaf(CommandLine.ParseResult parsed) {
        return parsed.hasSubcommand() ? leaf(parsed.subcommand()) : parsed;
    }

    /**
     * The folder that holds {@code routes/}: named by {@code caravan.home}, else the working directory, else the nearest
     * one above the packaged application.
     */
    private static Path home() {
        var named = System.getProperty("caravan.home", System.getenv("CARAVAN_HOME"));
        if (named != null) {
            return Path.of(named).toAbsolutePath().normalize();
        }
        var here = Path.of("").toAbsolutePath();
        var jar = Path.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)[0])
                .toAbsolutePath();
        return Stream.concat(Stream.of(here), Stream.iterate(jar.getParent(), p -> p != null, Path::getParent))
                .filter(folder -> Files.isDirectory(folder.resolve("routes")))
                .findFirst()
                .orElse(here);
    }
}
