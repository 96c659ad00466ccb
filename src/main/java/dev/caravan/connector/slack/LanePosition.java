package dev.caravan.connector.slack;

import dev.caravan.model.Problem;

/**
 * Where a batch of messages ended: {@code <us>} everything up to this time is done, {@code <us>/<n>} of this time only the
 * first n records, {@code end} everything. Times and not places in archives, so that an added archive moves nothing.
 */
record LanePosition(long time, int ofTime, boolean atEnd) {

    static final LanePosition START = new LanePosition(Long.MIN_VALUE, 0, false);
    static final LanePosition END = new LanePosition(Long.MAX_VALUE, 0, true);
    private static final int ALL = 0;

    static LanePosition parse(String token) {
        if (token == null) {
            return START;
        }
        if (token.equals("end")) {
            return END;
        }
        try {
            int slash = token.indexOf('/');
            return slash < 0
                    ? new LanePosition(Long.parseLong(token), ALL, false)
                    : new LanePosition(
                            Long.parseLong(token.substring(0, slash)),
                            Integer.parseInt(token.substring(slash + 1)),
                            false);
        } catch (NumberFormatException e) {
            throw new Problem(e, "CRV-124", token);
        }
    }

    boolean atStart() {
        return time == Long.MIN_VALUE;
    }

    /** Whether all records of this time were done at this position. */
    boolean isAfter(long other) {
        return other < time || other == time && ofTime == ALL;
    }

    String token() {
        if (atEnd) {
            return "end";
        }
        return ofTime == ALL ? Long.toString(time) : time + "/" + ofTime;
    }
}
