package dev.caravan.migration;

import java.util.List;

import dev.caravan.transport.Rate;

/**
 * How much of the rate that a target permits is used, of one group of calls.
 *
 * @param permitted calls a second
 * @param share of it that may be used now, 0 to 1
 * @param inUse share of it that is used, 0 to 1
 * @param started calls, since the target was last spoken to
 * @param waitedSeconds that calls could not start for, added up over all of them
 */
public record RateInUse(
        String group, double permitted, double share, double inUse, long started, double waitedSeconds) {

    /** Those that have a limit. */
    static List<RateInUse> of(List<Rate> rates) {
        return rates.stream()
                .filter(Rate::limited)
                .map(rate -> new RateInUse(
                        rate.group(),
                        rate.permitted(),
                        rate.share(),
                        rate.inUse(),
                        rate.started(),
                        rate.waited().toMillis() / 1000.0))
                .toList();
    }
}
