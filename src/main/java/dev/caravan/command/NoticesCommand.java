package dev.caravan.command;

import java.util.Map;
import java.util.Optional;

import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.check.Check;
import dev.caravan.migration.notify.StaffNotices;
import dev.caravan.migration.notify.StaffNotices.Moment;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a text for the people whose chat moves, for somebody to send. */
@Dependent
@Command(name = "notices")
class NoticesCommand extends Verb {

    @Parameters(index = "0", paramLabel = "before|during|after", descriptionKey = "option.notices-moment")
    private Moment moment;

    @Inject
    StaffNotices notices;

    @Inject
    Check check;

    @Inject
    CurrentRun current;

    @Inject
    Output output;

    @Override
    public Integer call() {
        var text = text();
        if (options().json()) {
            output.json(Map.of("moment", moment.word(), "text", text));
        } else {
            output.line(text.strip());
        }
        return ExitStatus.CLEAN;
    }

    private String text() {
        return switch (moment) {
            case BEFORE -> before();
            case DURING -> notices.during(Optional.empty(), words());
            case AFTER -> notices.after(words());
        };
    }

    /** Reads the whole source, as "check" does. */
    private String before() {
        try (var interruption = new Interruption(current)) {
            return notices.before(check.check(), words());
        }
    }
}
