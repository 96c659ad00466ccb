package dev.caravan.transport.schedule;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.function.Predicate;

/** Days from a first to a last one, both included. */
record Dates(LocalDate first, LocalDate last) implements Predicate<LocalDate> {

    private static final String TO = "..";

    /**
     * @param text {@code 2027-03-01}, {@code 2027-01-28..2027-02-05} or {@code 2027-12-24..01-06}, which ends at the
     *     next such day
     * @throws java.time.DateTimeException for anything else
     * @throws IllegalArgumentException when the last day is before the first
     */
    static Dates parse(String text) {
        var to = text.indexOf(TO);
        if (to < 0) {
            var day = LocalDate.parse(text);
            return new Dates(day, day);
        }
        var first = LocalDate.parse(text.substring(0, to));
        var dates = new Dates(first, last(first, text.substring(to + TO.length())));
        if (dates.last.isBefore(first)) {
            throw new IllegalArgumentException(text);
        }
        return dates;
    }

    private static LocalDate last(LocalDate first, String text) {
        if (text.length() != "02-05".length()) {
            return LocalDate.parse(text);
        }
        var day = MonthDay.parse("--" + text);
        var year = day.isBefore(MonthDay.from(first)) ? first.getYear() + 1 : first.getYear();
        return LocalDate.of(year, day.getMonth(), day.getDayOfMonth());
    }

    @Override
    public boolean test(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
