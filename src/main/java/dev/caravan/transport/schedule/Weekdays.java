package dev.caravan.transport.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Days of the week. */
record Weekdays(Set<DayOfWeek> days) implements Predicate<LocalDate> {

    private static final int SHORTEST = 3;

    /**
     * @param text {@code mon}, {@code mon-fri}, {@code sat-mon} or {@code *}
     * @throws IllegalArgumentException for anything else
     */
    static Weekdays parse(String text) {
        if (text.equals("*")) {
            return new Weekdays(EnumSet.allOf(DayOfWeek.class));
        }
        var ends = text.split("-", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException(text);
        }
        var last = day(ends[ends.length - 1]);
        var days = EnumSet.of(last);
        for (var day = day(ends[0]); day != last; day = day.plus(1)) {
            days.add(day);
        }
        return new Weekdays(days);
    }

    @Override
    public boolean test(LocalDate day) {
        return days.contains(day.getDayOfWeek());
    }

    private static DayOfWeek day(String text) {
        var word = text.toUpperCase(Locale.ROOT);
        for (var day : DayOfWeek.values()) {
            if (word.equals(day.name()) || word.equals(day.name().substring(0, SHORTEST))) {
                return day;
            }
        }
        throw new IllegalArgumentException(text);
    }
}
