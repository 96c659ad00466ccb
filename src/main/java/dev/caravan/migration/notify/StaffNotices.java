package dev.caravan.migration.notify;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.caravan.ledger.Ledger;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import dev.caravan.migration.RunSummary;
import dev.caravan.migration.Settings;
import dev.caravan.migration.check.CheckResult;
import dev.caravan.migration.check.CheckResult.KindForecast;
import dev.caravan.migration.report.Losses;
import dev.caravan.migration.report.ReportFacts.LossRow;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;
import dev.caravan.model.Words;
import dev.caravan.transform.mapping.TargetRules;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

/** Texts for the people whose chat moves, from templates that operators edit, with the migration's own figures. */
@ApplicationScoped
public class StaffNotices {

    private final Settings settings;
    private final LedgerAccess ledgers;
    private final List<TargetRules> rules;

    public StaffNotices(Settings settings, LedgerAccess ledgers, @All List<TargetRules> rules) {
        this.settings = settings;
        this.ledgers = ledgers;
        this.rules = rules;
    }

    /** When a notice is sent. */
    public enum Moment {
        BEFORE,
        DURING,
        AFTER;

        /** As in the names of commands and templates. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a template sees as {@code figures}; numbers as people write them.
     *
     * @param moved messages on the target
     * @param waiting dead letters that somebody still looks after; null when there are none
     * @param finish when the move is expected to be done; null when that is not known
     * @param losses what does not move, or not as it was, the worst first
     * @param address where people find everything afterwards, or null
     * @param contact whom they ask, or null
     */
    public record Figures(
            String migration,
            String people,
            String channels,
            String messages,
            String files,
            String moved,
            String waiting,
            String finish,
            List<Loss> losses,
            String address,
            String contact) {}

    /** @param what the rule does, in words; its id for a rule of the operator's own */
    public record Loss(String kind, String what, String count) {}

    /**
     * For before the move.
     *
     * @param check what a run would do
     * @throws Problem CRV-685 for a template that does not serve; the first of the check's when it could read nothing
     */
    public String before(CheckResult check, Words words) {
        if (check.kinds().isEmpty() && !check.problems().isEmpty()) {
            throw check.problems().get(0);
        }
        Map<String, Long> read =
                check.kinds().stream().collect(Collectors.toMap(KindForecast::kind, KindForecast::read));
        var finish = check.forecast() == null ? null : check.forecast().finish();
        return fill(Moment.BEFORE, words, figures(words, read, 0, 0, finish, check.losses()));
    }

    /**
     * For while it goes on.
     *
     * @param finish when the run is expected to be done, where that is known
     * @throws Problem CRV-310 while no run has begun, CRV-685
     */
    public String during(Optional<Instant> finish, Words words) {
        return ofLastRun(Moment.DURING, finish.orElse(null), words);
    }

    /** For afterwards. @throws Problem as {@link #during} */
    public String after(Words words) {
        return ofLastRun(Moment.AFTER, null, words);
    }

    private String ofLastRun(Moment moment, Instant finish, Words words) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            var run = ledger.runs().last(Migration.COMMAND).orElseThrow(() -> new Problem("CRV-310"));
            var account = ledger.runs().account(run.id());
            var target = rules.stream()
                    .filter(one -> one.sinkKind().equals(settings.sink().kind()))
                    .findFirst()
                    .orElse(TargetRules.NONE);
            Map<String, Long> read = account.counts().keySet().stream()
                    .map(Tally.Key::kind)
                    .distinct()
                    .collect(Collectors.toMap(kind -> kind, kind -> count(account, kind, moment)));
            var moved = account.of("message", What.DELIVERED) + account.of("message", What.UNCHANGED);
            var waiting = RunSummary.of(ledger, run.id()).open();
            return fill(
                    moment, words, figures(words, read, moved, waiting, finish, Losses.of(account, target.effects())));
        }
    }

    /** Afterwards people want to know what is there; of messages how many there were, too. */
    private static long count(Tally account, String kind, Moment moment) {
        return moment == Moment.AFTER && !"message".equals(kind)
                ? account.of(kind, What.DELIVERED) + account.of(kind, What.UNCHANGED)
                : account.of(kind, What.READ);
    }

    private Figures figures(
            Words words, Map<String, Long> read, long moved, long waiting, Instant finish, List<LossRow> losses) {
        return new Figures(
                settings.notices()
                        .name()
                        .orElse(settings.source().kind() + " → "
                                + settings.sink().kind()),
                number(words, read.getOrDefault("user", 0L)),
                number(words, read.getOrDefault("channel", 0L)),
                number(words, read.getOrDefault("message", 0L)),
                number(words, read.getOrDefault("file", 0L)),
                number(words, moved),
                waiting == 0 ? null : number(words, waiting),
                finish == null ? null : time(finish),
                losses.stream().map(loss -> loss(words, loss)).toList(),
                settings.staff().address().orElse(null),
                settings.staff().contact().orElse(null));
    }

    private static Loss loss(Words words, LossRow row) {
        return new Loss(
                words.find("kind." + row.kind()).orElse(row.kind()),
                words.find("rule." + row.rule()).orElse(row.rule()),
                number(words, row.count()));
    }

    private String time(Instant time) {
        var zone = settings.timeZone();
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).format(time.atZone(zone)) + " "
                + zone.getId();
    }

    private static String number(Words words, long number) {
        return words.say("report.number", number);
    }

    private String fill(Moment moment, Words words, Figures figures) {
        var file = Channels.templates(settings)
                .resolve("staff-" + moment.word() + "." + words.locale().getLanguage() + ".md");
        return new NoticeTemplate(file, value -> value)
                        .fill("figures", figures)
                        .replaceAll("\\n{3,}", "\n\n")
                        .strip()
                + "\n";
    }
}
