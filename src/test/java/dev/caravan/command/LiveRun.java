package dev.caravan.command;

import java.nio.file.Path;
import java.util.Arrays;

import dev.caravan.QuietLog;
import dev.caravan.fakechat.NumberedMigration;
import dev.caravan.ledger.Run;
import dev.caravan.migration.letters.Selection;
import dev.caravan.model.Problem;

/**
 * A migration of the tests in a process of its own: {@code <folder> [setting=value...]}. Stops at signals and ends with
 * the exit status as the command {@code run} does; says the code of what stopped it. With the system property
 * {@value #ROLLBACK} it is taken back instead, with {@value #REPLAY} its dead letters are sent again.
 */
public final class LiveRun {

    /** System property. */
    public static final String ROLLBACK = "rollback";

    /** System property. */
    public static final String REPLAY = "replay";

    private LiveRun() {}

    public static void main(String... arguments) {
        QuietLog.begin();
        var migration = new NumberedMigration(Path.of(arguments[0]));
        Arrays.stream(arguments)
                .skip(1)
                .map(setting -> setting.split("=", 2))
                .forEach(pair -> migration.with(pair[0], pair[1]));
        var here = migration.here();
        int status;
        try (var interruption = new Interruption(here.current())) {
            if (System.getProperty(ROLLBACK) != null) {
                status = here.rollback(false).complete() ? ExitStatus.CLEAN : ExitStatus.DIFFERENT;
            } else {
                var end = System.getProperty(REPLAY) == null ? here.run() : here.replay(Selection.ALL);
                status = end == Run.State.COMPLETED ? ExitStatus.CLEAN : ExitStatus.INTERRUPTED;
            }
        } catch (Problem problem) {
            System.out.println(problem.getMessage());
            status = ExitStatus.of(problem);
        }
        System.exit(status);
    }
}
