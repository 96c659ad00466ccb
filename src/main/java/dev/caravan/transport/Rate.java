package dev.caravan.transport;

import java.time.Duration;

/**
 * How much of what a target permits is used, of one endpoint group, since the pace was begun.
 *
 * @param permitted calls a second; {@link Double#POSITIVE_INFINITY} where there is no limit
 * @param share of it that may be used now, 0 to 1
 * @param inUse share of it that is used, 0 to 1: over the last calls, as many as may start in a second; 0 where there is no limit
 * @param started calls
 * @param waited by calls that could not start at once, added up
 * @param replies calls that were replied to
 * @param replying from the start of those to the end of their replies, added up
 */
public record Rate(
        String group,
        double permitted,
        double share,
        double inUse,
        long started,
        Duration waited,
        long replies,
        Duration replying) {

    public boolean limited() {
        return !Double.isInfinite(permitted);
    }
}
