package dev.caravan.transport.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * When, and how fast, a run writes: a weekly table and dated exceptions, by the clock on the wall of one time zone. An
 * hour that the clock skips does not happen, an hour it shows twice happens twice.
 */
public final class Timetable {

    /** No forecast looks further. */
    public static final int YEARS_AHEAD = 10;

    // A week, and another one because a change of the clock can swallow what would have happened.
    private static final int DAYS_AHEAD = 16;

    private final ZoneId zone;
    private final List<Rule> rules;
    private final int[] boundaries;
    /** Days near the begin and end of exceptions, where the pattern of the weeks is broken. */
    private final NavigableSet<LocalDate> exceptional = new TreeSet<>();

    private Timetable(ZoneId zone, List<Rule> rules) {
        this.zone = zone;
        this.rules = rules;
        this.boundaries = rules.stream()
                .map(Rule::hours)
                .flatMapToInt(hours -> IntStream.of(0, hours.from(), hours.to() % Hours.DAY))
                .distinct()
                .sorted()
                .toArray();
        for (var rule : rules) {
            if (rule.days() instanceof Dates dates) {
                addDaysFrom(dates.first());
                addDaysFrom(dates.last());
            }
        }
    }

    /**
     * @param week {@code days [hours] share} separated by commas, the first that fits counts, as in {@code mon-fri
     *     08:00-18:00 60%, sat-sun stop, * 90%}; hours may reach over midnight; empty: always all of the rate
     * @param exceptions the same with dates, as in {@code 2027-01-28..02-05 stop, 2027-03-01 30%}; they come before the
     *     week; may be empty
     * @throws dev.caravan.model.Problem CRV-220 to CRV-226, naming the setting, the piece, and what works
     */
    public static Timetable parse(String week, String exceptions, ZoneId zone) {
        return new Timetable(
                zone,
                Stream.of(TimetableText.exceptions(exceptions), TimetableText.week(week))
                        .flatMap(Collection::stream)
                        .toList());
    }

    /** The share of the permitted rate that may be used at that time, 0 to 1. */
    public double share(Instant time) {
        return share(LocalDateTime.ofInstant(time, zone));
    }

    /** The next time after this one at which the share becomes another; empty when it never does. */
    public Optional<Instant> nextChange(Instant after) {
        var now = share(after);
        var today = LocalDate.ofInstant(after, zone);
        var soon = today.plusDays(DAYS_AHEAD);
        return first(today.minusDays(1).datesUntil(soon), after, now)
                .or(() -> first(exceptional.tailSet(soon, true).stream(), after, now));
    }

    /**
     * When work that begins now is done.
     *
     * @param work how long it would take at the full permitted rate
     * @return empty when it is never done, or not within {@value #YEARS_AHEAD} years
     */
    public Optional<Instant> finish(Instant start, Duration work) {
        var end = start.atZone(zone).plusYears(YEARS_AHEAD).toInstant();
        if (work.compareTo(Duration.between(start, end)) > 0) {
            return Optional.empty();
        }
        var left = work.toNanos();
        var time = start;
        while (left > 0 && time.isBefore(end)) {
            var share = share(time);
            var change = nextChange(time).filter(end::isAfter).orElse(end);
            var possible = (long) (Duration.between(time, change).toNanos() * share);
            if (left <= possible) {
                return Optional.of(time.plusNanos((long) Math.ceil(left / share)));
            }
            left -= possible;
            time = change;
        }
        return left > 0 ? Optional.empty() : Optional.of(time);
    }

    /** Sorted because a clock that goes back over midnight mixes two days. */
    private Optional<Instant> first(Stream<LocalDate> days, Instant after, double now) {
        return days.flatMap(day -> momentsOf(day).stream())
                .sorted()
                .filter(moment -> moment.isAfter(after) && share(moment) != now)
                .findFirst();
    }

    private double share(LocalDateTime time) {
        for (var rule : rules) {
            if (rule.covers(time)) {
                return rule.share();
            }
        }
        return 1;
    }

    private void addDaysFrom(LocalDate day) {
        day.minusDays(1).datesUntil(day.plusDays(DAYS_AHEAD)).forEach(exceptional::add);
    }

    /** When the share may change on that day: where rules begin and end, and where the clock is changed. */
    private Collection<Instant> momentsOf(LocalDate day) {
        var moments = new TreeSet<Instant>();
        for (var boundary : boundaries) {
            var time = day.atStartOfDay().plusMinutes(boundary);
            var transition = zone.getRules().getTransition(time);
            if (transition == null) {
                moments.add(time.atZone(zone).toInstant());
            } else {
                // Skipped: it happens when the clock jumps over it. Shown twice: it happens twice, and what it ended
                // is back when the clock goes back.
                moments.add(transition.getInstant());
                zone.getRules().getValidOffsets(time).forEach(offset -> moments.add(time.toInstant(offset)));
            }
        }
        return moments;
    }
}
