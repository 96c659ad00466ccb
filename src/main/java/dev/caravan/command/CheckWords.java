package dev.caravan.command;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import dev.caravan.migration.check.CheckResult;
import dev.caravan.migration.report.ReportFacts.NameRow;
import dev.caravan.migration.report.ReportFacts.Part;
import dev.caravan.model.Words;
import dev.caravan.transform.mapping.TargetForecast;

/** The result of a check in words. */
final class CheckWords {

    private static final int NAMES = 20;
    private static final double MEGABYTE = 1e6;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Words words;
    private final Output output;

    CheckWords(Words words, Output output) {
        this.words = words;
        this.output = output;
    }

    void print(CheckResult result) {
        if (!result.problems().isEmpty()) {
            title("check.problems");
            result.problems().forEach(problem -> output.line("  " + problem.inWords(words)));
        }
        if (result.forecast() == null) {
            output.line(words.say("check.unread"));
            return;
        }
        kinds(result);
        deadLetters(result);
        losses(result);
        names("check.names", result.names());
        names("check.collisions", result.collisions());
        names("check.emails", result.inventedEmails());
        if (result.target() != null) {
            rules(result.target());
            warnings(result.target());
        }
        output.line("");
        output.line(forecast(result));
        var finish = result.forecast().finish();
        output.line(
                finish == null ? words.say("check.finish.never") : words.say("check.finish", MINUTE.format(finish)));
        output.line(words.say(verdict(result)));
    }

    private String forecast(CheckResult result) {
        var forecast = result.forecast();
        if (result.target() != null) {
            return words.say(
                    "check.forecast.live",
                    time(Duration.ofSeconds(forecast.seconds())),
                    megabytes(forecast.ledgerBytes()));
        }
        return words.say(
                "check.forecast",
                time(Duration.ofSeconds(forecast.seconds())),
                megabytes(forecast.stageBytes() + forecast.ledgerBytes()),
                megabytes(forecast.packageBytes()));
    }

    private void rules(TargetForecast.Told target) {
        if (target.rules().stream().anyMatch(rule -> !rule.proven())) {
            title("check.rules");
        }
        target.rules().stream()
                .filter(rule -> !rule.proven())
                .forEach(rule -> output.line("  "
                        + words.say(rule.tried() ? "check.rule.tried" : "check.rule", words.say(rule.wordsKey()))));
    }

    private void warnings(TargetForecast.Told target) {
        if (!target.warnings().isEmpty()) {
            title("check.warnings");
        }
        target.warnings()
                .forEach(warning ->
                        output.line("  %,9d  %s".formatted(warning.number(), words.say(warning.wordsKey()))));
    }

    private static String time(Duration time) {
        return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    private static String verdict(CheckResult result) {
        if (!result.problems().isEmpty()) {
            return "check.verdict.problems";
        }
        if (!result.complete()) {
            return "check.verdict.stopped";
        }
        return result.dead() > 0 ? "check.verdict.dead" : "check.verdict.clean";
    }

    private void kinds(CheckResult result) {
        output.line("");
        output.line("  %-14s %12s %12s %12s %12s %12s"
                .formatted(
                        "",
                        words.say("account.read"),
                        words.say("check.kept"),
                        words.say("check.degraded"),
                        words.say("check.dropped"),
                        words.say("account.dead")));
        result.kinds()
                .forEach(kind -> output.line("  %-14s %,12d %,12d %,12d %,12d %,12d"
                        .formatted(
                                words.say("kind." + kind.kind()),
                                kind.read(),
                                kind.kept(),
                                kind.degraded(),
                                kind.dropped(),
                                kind.dead())));
    }

    private void deadLetters(CheckResult result) {
        if (result.dead() > 0) {
            title("check.dead-letters");
        }
        result.deadLetters().forEach(cause -> {
            output.line("  %,9d  %s (%s)"
                    .formatted(
                            cause.count(), words.find("cause." + cause.cause()).orElse(""), cause.cause()));
            cause.examples().forEach(example -> output.line("             " + example));
        });
    }

    private void losses(CheckResult result) {
        if (!result.losses().isEmpty()) {
            title("check.losses");
        }
        result.losses()
                .forEach(loss -> output.line("  %,9d  %s, %s: %s (%s)"
                        .formatted(
                                loss.count(),
                                words.say("kind." + loss.kind()),
                                words.say("report.effect." + loss.effectWord()),
                                words.find("rule." + loss.rule()).orElse(""),
                                loss.rule())));
    }

    private void names(String title, Part<NameRow> names) {
        if (!names.any()) {
            return;
        }
        title(title);
        List<NameRow> some =
                names.shown().subList(0, Math.min(NAMES, names.shown().size()));
        some.forEach(row -> output.line("  " + row.source() + " -> " + row.target()));
        if (names.total() > some.size()) {
            output.line("  " + words.say("check.more", names.total() - some.size()));
        }
    }

    private void title(String key) {
        output.line("");
        output.line(words.say(key));
    }

    private static String megabytes(long bytes) {
        return "%,.1f MB".formatted(bytes / MEGABYTE);
    }
}
