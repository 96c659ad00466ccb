package dev.caravan.connector.agora;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.function.DoubleSupplier;

/**
 * How much of the permitted rates a run may use; the rest is left to the people who chat.
 *
 * @param fixed 0 to 1; 0 for 60 % from 8 to 20 o'clock, Monday to Friday, and 90 % otherwise
 * @param clock in whose zone working hours are meant
 */
record RateShare(double fixed, Clock clock) implements DoubleSupplier {

    private static final double WORKING = 0.6;
    private static final double OTHERWISE = 0.9;
    private static final int FROM = 8;
    private static final int UNTIL = 20;
    private static final int DAYS = 5;
    private static final double HOURS_A_WEEK = 168;

    @Override
    public double getAsDouble() {
        return fixed > 0 ? fixed : working(ZonedDateTime.now(clock)) ? WORKING : OTHERWISE;
    }

    /** Over a whole week. */
    static double average(double fixed) {
        double working = DAYS * (UNTIL - FROM) / HOURS_A_WEEK;
        return fixed > 0 ? fixed : working * WORKING + (1 - working) * OTHERWISE;
    }

    private static boolean working(ZonedDateTime now) {
        boolean weekend = now.getDayOfWeek() == DayOfWeek.SATURDAY || now.getDayOfWeek() == DayOfWeek.SUNDAY;
        return !weekend && now.getHour() >= FROM && now.getHour() < UNTIL;
    }
}
