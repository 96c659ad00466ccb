package dev.caravan.migration.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.caravan.migration.report.ReportFacts.LossRow;
import dev.caravan.migration.report.ReportFacts.NameRow;
import dev.caravan.migration.report.ReportFacts.Part;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import dev.caravan.transform.mapping.TargetForecast;

/**
 * What a run would do.
 *
 * @param complete whether the source was read to its end
 * @param problems what would stop a run, each to be mended first
 * @param names that the target takes otherwise than the source has them
 * @param collisions names that two would share, of which one gets a suffix
 * @param forecast null when nothing could be read
 * @param target what the target's service makes of it; null where its connector says nothing
 */
public record CheckResult(
        boolean complete,
        @JsonIgnore List<Problem> problems,
        List<KindForecast> kinds,
        List<CauseForecast> deadLetters,
        List<LossRow> losses,
        Part<NameRow> names,
        Part<NameRow> collisions,
        Part<NameRow> inventedEmails,
        Forecast forecast,
        TargetForecast.Told target) {

    /**
     * Of each kind of record or part. read = kept + degraded + dropped + dead, but for what a problem keeps from being known.
     *
     * @param degraded arrives, but not as it was
     * @param dropped left out by a rule
     */
    public record KindForecast(String kind, long read, long kept, long degraded, long dropped, long dead) {}

    /** @param examples where the first ones stand: archive, entry and index */
    public record CauseForecast(String cause, long count, List<String> examples) {}

    /**
     * @param seconds that a run with these threads will take at the full rate, roughly
     * @param finish of a run that begins now, under the schedule; null when the schedule never lets it finish
     * @param stageBytes in the work directory
     * @param ledgerBytes in the work directory, or on the database server
     * @param packageBytes at the target's path
     */
    public record Forecast(long seconds, Instant finish, long stageBytes, long ledgerBytes, long packageBytes) {}

    /** As {@code --json} prints it, problems in words. */
    public record Told(List<Stated> problems, CheckResult result) {}

    public record Stated(String code, String text) {}

    public Told told(Words words) {
        return new Told(
                problems.stream()
                        .map(problem -> new Stated(problem.code(), problem.inWords(words)))
                        .toList(),
                this);
    }

    /** How long the calls to the target take; null where its connector says nothing. */
    public Duration delivery() {
        return target == null ? null : target.delivery();
    }

    /** Dead letters to come, of every kind. */
    public long dead() {
        return deadLetters.stream().mapToLong(CauseForecast::count).sum();
    }
}
