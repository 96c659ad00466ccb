package dev.caravan.migration.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.caravan.model.Words;

/** What the page's template calls: words, numbers and times in the reader's language. */
public final class Say {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private final Words words;
    private final DateTimeFormatter minute;
    private final String zone;

    public Say(Words words, ZoneId zone) {
        this.words = words;
        this.minute = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(zone);
        this.zone = zone.getId();
    }

    public String language() {
        return words.locale().getLanguage();
    }

    public String zone() {
        return zone;
    }

    public String it(String key) {
        return words.say("report." + key);
    }

    public String with(String key, Object argument) {
        return words.say("report." + key, argument);
    }

    public String with(String key, Object first, Object second) {
        return words.say("report." + key, first, second);
    }

    public String all(String key, List<Object> arguments) {
        return words.say("report." + key, arguments.toArray());
    }

    /** What was not checked; its id when nobody has given it words. */
    public String unchecked(ReportFacts.Unchecked one) {
        return words.find("report." + one.id()).isPresent() ? all(one.id(), one.arguments()) : one.id();
    }

    public String kind(String kind) {
        return words.find("kind." + kind).orElse(kind);
    }

    /** One person, one channel. */
    public String named(String kind) {
        return it("kind." + kind);
    }

    public String type(String type) {
        return it("type." + type);
    }

    public String effect(String effect) {
        return it("effect." + effect);
    }

    public String verdict(String verdict) {
        return words.say("report.verdict." + verdict);
    }

    public String meaning(String verdict) {
        return words.say("report.verdict." + verdict + ".meaning");
    }

    /** What a rule does; empty for one of the operator's own. */
    public String rule(String rule) {
        return words.find("rule." + rule).orElse("");
    }

    public String cause(String cause) {
        return words.find("cause." + cause).orElse("");
    }

    public String number(long number) {
        return words.say("report.number", number);
    }

    public String share(double share) {
        return words.say("report.share", share);
    }

    public String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(java.util.Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    public String minute(Instant time) {
        return minute.format(time);
    }

    /** @param us since 1970, 0 for none */
    public String day(long us) {
        return us == 0
                ? ""
                : minute.format(Instant.EPOCH.plus(us, ChronoUnit.MICROS)).substring(0, 10);
    }

    public String list(List<String> ids) {
        return String.join(", ", ids);
    }
}
