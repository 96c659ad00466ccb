package dev.caravan.migration;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.caravan.ledger.Pause;
import dev.caravan.model.Words;

/**
 * Why nothing is being written.
 *
 * @param since null where that means nothing
 * @param until when it goes on, or of a target that takes nothing, when it is asked again; null when nobody can know
 * @param by who paused the migration, or null
 * @param reason in words for people, without any of a record's content; of an approval the phase it is for; or null
 * @param zone in which people are told times
 */
public record Halt(Why why, Instant since, Instant until, String by, String reason, @JsonIgnore ZoneId zone) {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    public enum Why {
        PAUSED,
        SCHEDULE,
        TARGET,
        /** The reason is how many are doubtful. */
        PEOPLE,
        APPROVAL
    }

    public static Halt paused(Pause pause, ZoneId zone) {
        return new Halt(Why.PAUSED, pause.since(), null, pause.by(), pause.reason(), zone);
    }

    static Halt bySchedule(Instant until, ZoneId zone) {
        return new Halt(Why.SCHEDULE, null, until, null, null, zone);
    }

    static Halt byTarget(Instant since, Instant until, String reason) {
        return new Halt(Why.TARGET, since, until, null, reason, ZoneOffset.UTC);
    }

    static Halt byPeople(long doubtful) {
        return new Halt(Why.PEOPLE, null, null, null, Long.toString(doubtful), ZoneOffset.UTC);
    }

    /** @param phase that is to begin */
    public static Halt forApproval(Instant since, String phase, ZoneId zone) {
        return new Halt(Why.APPROVAL, since, null, null, phase, zone);
    }

    public String inWords(Words words, Instant now) {
        return switch (why) {
            case PAUSED -> reason == null
                    ? words.say("halt.paused", shown(since), by)
                    : words.say("halt.paused.reason", shown(since), by, reason);
            case SCHEDULE -> until == null
                    ? words.say("halt.schedule.never")
                    : words.say("halt.schedule", shown(until));
            case PEOPLE -> words.say("halt.people", reason);
            case APPROVAL -> words.say("halt.approval", words.say("phase." + reason), shown(since));
            case TARGET -> words.say("halt.target", Duration.between(since, now).toSeconds(), reason);
        };
    }

    private String shown(Instant time) {
        return MINUTE.format(time.atZone(zone)) + " " + zone.getId();
    }
}
