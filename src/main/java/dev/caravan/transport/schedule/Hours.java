package dev.caravan.transport.schedule;

import java.util.regex.Pattern;

/**
 * Part of a day, on the clock on the wall; when it ends before it begins, it reaches into the next day.
 *
 * @param from minute of the day it begins
 * @param to minute of the day it ends, up to 24:00
 */
record Hours(int from, int to) {

    static final int DAY = 24 * 60;
    static final Hours WHOLE_DAY = new Hours(0, DAY);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,2}):(\\d{2})-(\\d{1,2}):(\\d{2})");

    /** @throws IllegalArgumentException for anything but {@code 08:00-18:00} */
    static Hours parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(text);
        }
        var hours = new Hours(minute(match.group(1), match.group(2)), minute(match.group(3), match.group(4)));
        if (hours.from == hours.to || hours.from == DAY) {
            throw new IllegalArgumentException(text);
        }
        return hours;
    }

    boolean overMidnight() {
        return to < from;
    }

    private static int minute(String hour, String minute) {
        var result = Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
        if (Integer.parseInt(minute) > 59 || result > DAY) {
            throw new IllegalArgumentException(hour + ":" + minute);
        }
        return result;
    }
}
