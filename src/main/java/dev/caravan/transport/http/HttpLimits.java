package dev.caravan.transport.http;

import java.time.Duration;

import dev.caravan.transport.BreakOff;

/**
 * How long and how many.
 *
 * @param connect most time to make a connection
 * @param reply most time from the start of a call to the head of its reply
 * @param total most time from the start of a call to the last byte of its reply, however slowly they drip
 * @param inFlight most calls under way at the same time
 * @param stopped most time a call goes on after nothing may be sent any more
 */
public record HttpLimits(Duration connect, Duration reply, Duration total, int inFlight, Duration stopped) {

    public HttpLimits(Duration connect, Duration reply, Duration total, int inFlight) {
        this(connect, reply, total, inFlight, BreakOff.AFTER);
    }

    public HttpLimits {
        if (!isPositive(connect) || !isPositive(reply) || !isPositive(total) || !isPositive(stopped) || inFlight < 1) {
            throw new IllegalArgumentException("limits have to be above zero");
        }
    }

    private static boolean isPositive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }
}
