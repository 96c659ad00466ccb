package dev.caravan.console.api;

import dev.caravan.model.Problem;

/** What a request has to bring along. */
public final class Given {

    private Given() {}

    /** @throws Problem CRV-641 for a request without content */
    public static <T> T body(T body) {
        if (body == null) {
            throw new Problem("CRV-641");
        }
        return body;
    }

    /** @throws Problem CRV-588 without a reason */
    public static String reason(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new Problem("CRV-588");
        }
        return reason.strip();
    }
}
