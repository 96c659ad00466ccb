package dev.caravan.transport.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.function.Predicate;

/**
 * A share for certain hours of certain days.
 *
 * @param days on which the hours begin
 * @param share of the permitted rate, 0 to 1
 */
record Rule(Predicate<LocalDate> days, Hours hours, double share) {

    boolean covers(LocalDateTime time) {
        var minute = time.getHour() * 60 + time.getMinute();
        var today = days.test(time.toLocalDate());
        if (!hours.overMidnight()) {
            return today && minute >= hours.from() && minute < hours.to();
        }
        return today && minute >= hours.from()
                || minute < hours.to() && days.test(time.toLocalDate().minusDays(1));
    }
}
