package dev.caravan.console.page;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import dev.caravan.ledger.AuditLog;
import dev.caravan.ledger.Letter;
import dev.caravan.migration.Halt;
import dev.caravan.migration.check.CheckResult;
import dev.caravan.migration.find.Answer;
import dev.caravan.migration.find.Found;
import dev.caravan.migration.find.FoundWords;
import dev.caravan.migration.serve.Elsewhere;
import dev.caravan.migration.verification.InventoryComparison;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;

/** What the templates call: words, numbers and times in the reader's language. */
public final class ConsoleWords {

    private static final int MOST_SHOWN = 20;
    private static final double MEGABYTE = 1e6;

    private final Words words;
    private final DateTimeFormatter second;
    private final String zone;

    ConsoleWords(Words words, ZoneId zone) {
        this.words = words;
        this.second = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
        this.zone = zone.getId();
    }

    public String language() {
        return words.locale().getLanguage();
    }

    public String zone() {
        return zone;
    }

    public String it(String key) {
        return words.say("console." + key);
    }

    public String with(String key, Object argument) {
        return words.say("console." + key, argument);
    }

    public String with(String key, Object first, Object second) {
        return words.say("console." + key, first, second);
    }

    /** One of a family of keys. */
    public String of(String family, String name) {
        return it(family + "." + name);
    }

    public String sharedOf(String family, String name) {
        return words.say(family + "." + name);
    }

    public String meaning(String verdict) {
        return words.say("report.verdict." + verdict + ".meaning");
    }

    public String letterState(Letter.Head letter) {
        return sharedOf("letter.state", letter.state().name().toLowerCase(Locale.ROOT));
    }

    /** Of the part, when only a part of a record was refused. */
    public String letterKind(Letter.Head letter) {
        var whole = letter.kind() == null ? "" : letter.kind().word();
        return kind(letter.part() == null ? whole : letter.part());
    }

    /** A key of the words that commands and console share. */
    public String shared(String key) {
        return words.say(key);
    }

    public String shared(String key, Object argument) {
        return words.say(key, argument);
    }

    public String shared(String key, Object first, Object second) {
        return words.say(key, first, second);
    }

    /** As many as people read; all stand in the answer of the API. */
    public <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(all.size(), MOST_SHOWN));
    }

    public String difference(InventoryComparison.Difference one) {
        return words.say("inventory." + one.what().word(), words.say("kind." + one.kind()), one.name());
    }

    public String kind(String kind) {
        return words.find("kind." + kind).orElse(kind);
    }

    /** What a rule does; empty for one of the operator's own. */
    public String rule(String rule) {
        return words.find("rule." + rule).orElse("");
    }

    public String cause(String cause) {
        return words.find("cause." + cause).orElse("");
    }

    public String advice(String cause) {
        return words.find("console.advice." + cause).orElseGet(() -> words.say("console.advice"));
    }

    /** What a rule does, or why something could not move; a code or an own rule of the operator's has no words. */
    public String why(String why) {
        return words.find("rule." + why).or(() -> words.find("cause." + why)).orElse("");
    }

    public String where(Found.Where where) {
        return FoundWords.where(where, words, second);
    }

    public String looked(Answer.Looked looked) {
        return FoundWords.looked(looked, words);
    }

    /** One of a kind, where {@link #kind} speaks of many. */
    public String one(String kind) {
        return words.say("find.kind." + kind);
    }

    public String did(String what) {
        return words.find("console.did." + what).orElse(what);
    }

    public String problem(Problem problem) {
        return problem.inWords(words);
    }

    public String halt(Halt halt) {
        return halt.inWords(words, Instant.now());
    }

    public String number(long number) {
        return words.say("report.number", number);
    }

    /** @param share 0 to 1 */
    public String percent(double share) {
        return number(Math.round(share * 100)) + " %";
    }

    /** @param seconds that went by */
    public String seconds(double seconds) {
        return duration(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** Calls a second. */
    public String rate(double perSecond) {
        return NumberFormat.getInstance(words.locale()).format(perSecond);
    }

    public String time(Instant time) {
        return time == null ? "" : second.format(time);
    }

    public String duration(Duration duration) {
        return "%d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }

    public String writer(Elsewhere.Writer writer) {
        return words.say(
                writer.silent() ? "console.writer-silent" : "console.writer",
                writer.owner(),
                time(writer.since()),
                writer.aliveSecondsAgo());
    }

    public String chain(AuditLog.Chain chain) {
        return chain.holds()
                ? words.say("console.chain-holds", chain.entries(), chain.head())
                : words.say("console.chain-broken", chain.brokenAt());
    }

    public String forecast(CheckResult check) {
        var forecast = check.forecast();
        return check.delivery() == null
                ? words.say(
                        "check.forecast",
                        duration(Duration.ofSeconds(forecast.seconds())),
                        megabytes(forecast.stageBytes() + forecast.ledgerBytes()),
                        megabytes(forecast.packageBytes()))
                : words.say("check.forecast.live", duration(check.delivery()), megabytes(forecast.ledgerBytes()));
    }

    private static String megabytes(long bytes) {
        return "%,.1f MB".formatted(bytes / MEGABYTE);
    }
}
