package dev.caravan.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.rollback.Rollback;
import dev.caravan.migration.rollback.RollbackResult;
import dev.caravan.migration.verification.InventoryComparison;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes back from the target what this migration brought, once somebody has typed how much that is. */
@Dependent
@Command(name = "rollback")
class RollbackCommand extends Verb {

    /** Of differences, for people; all stand in the JSON. */
    private static final int MOST_SAID = 20;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    @Option(names = "--dry-run", descriptionKey = "option.dry-run")
    private boolean dryRun;

    @Option(names = "--yes", descriptionKey = "option.yes")
    private boolean yes;

    @Inject
    Rollback rollback;

    @Inject
    CurrentRun current;

    @Inject
    Output output;

    @Override
    public Integer call() {
        if (dryRun) {
            return tell(rollback.dryRun());
        }
        if (!yes) {
            confirm(rollback.extent().things());
        }
        try (var interruption = new Interruption(current)) {
            var result = rollback.rollback();
            if (result.isEmpty()) {
                output.error(words().say("rollback.interrupted"));
                return ExitStatus.INTERRUPTED;
            }
            return tell(result.get());
        }
    }

    /** @throws Problem CRV-240 when another number was typed, or none */
    private void confirm(long size) {
        output.error(words().say("rollback.confirm", size));
        try {
            var typed = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (typed == null || !typed.strip().equals(Long.toString(size))) {
                throw new Problem("CRV-240", size);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private int tell(RollbackResult result) {
        if (options().json()) {
            output.json(result);
        } else {
            say(result);
        }
        return result.complete() ? ExitStatus.CLEAN : ExitStatus.DIFFERENT;
    }

    private void say(RollbackResult result) {
        output.line(words().say(result.dryRun() ? "rollback.would" : "rollback.did", result.seconds()));
        result.removed().forEach((what, number) -> output.line(words().say("rollback.removed", what, number)));
        result.gone().forEach((what, number) -> output.line(words().say("rollback.gone", what, number)));
        for (var kept : result.kept()) {
            output.line(words().say("rollback.kept", kept.what(), kept.number(), words().say("kept." + kept.reason())));
        }
        if (result.keptFile() != null) {
            output.line(words().say("rollback.kept.file", result.keptFile()));
        }
        if (result.goesFile() != null) {
            output.line(words().say("rollback.goes.file", result.goesFile()));
        }
        if (result.brokeOff()) {
            output.line(words().say("rollback.broke-off"));
        }
        if (result.forecast() != null) {
            say(result.forecast());
        }
        if (result.comparison() != null) {
            say("rollback.ours", result.comparison().ours());
            say("rollback.theirs", result.comparison().theirs());
        }
    }

    private void say(RollbackResult.Forecast forecast) {
        var time = Duration.ofSeconds(forecast.seconds());
        output.line(words().say(
                        "rollback.forecast",
                        "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())));
        output.line(
                forecast.finish() == null
                        ? words().say("check.finish.never")
                        : words().say("check.finish", MINUTE.format(forecast.finish())));
    }

    private void say(String title, List<InventoryComparison.Difference> differences) {
        output.line(words().say(title, differences.size()));
        differences.stream()
                .limit(MOST_SAID)
                .forEach(one -> output.line(
                        words().say("inventory." + one.what().word(), words().say("kind." + one.kind()), one.name())));
    }
}
