package dev.caravan.fakechat;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A script for some requests. What a kind does not use stays null; a null is filled by its default.
 *
 * @param id what statistics call it
 * @param match how the request's line begins: {@code POST /messages}; everything when empty
 * @param after matching requests that pass before it begins
 * @param times requests it then breaks, 1 when null
 * @param status of kind {@code status} and {@code partial}, 500 when null
 * @param retryAfter header of kind {@code status} as it stands; {@code date+5} stands for the HTTP date in 5 s
 * @param ms of {@code hang} (bound), {@code down}, {@code accept-late} and {@code slow-drip} (a byte)
 * @param every of {@code error-in-200}: each how many-th item fails, 1 (all) when null
 * @param error of {@code error-in-200}: the code; {@code retry} for a retry_after_ms
 * @param channel of {@code forbidden-channel}: requests for others do not match
 * @param accept whether the request is taken in spite of the reply; each kind has its own default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fault(
        String id,
        String match,
        int after,
        Integer times,
        String kind,
        Integer status,
        String retryAfter,
        Integer ms,
        Integer every,
        String error,
        String channel,
        Boolean accept) {

    static Fault of(String id, String match, String kind) {
        return new Fault(id, match, 0, null, kind, null, null, null, null, null, null, null);
    }

    Fault named(String name) {
        return new Fault(name, match, after, times, kind, status, retryAfter, ms, every, error, channel, accept);
    }

    Fault after(int requests) {
        return new Fault(id, match, requests, times, kind, status, retryAfter, ms, every, error, channel, accept);
    }

    Fault times(int requests) {
        return new Fault(id, match, after, requests, kind, status, retryAfter, ms, every, error, channel, accept);
    }

    Fault status(int code, String header) {
        return new Fault(id, match, after, times, kind, code, header, ms, every, error, channel, accept);
    }

    Fault ms(int time) {
        return new Fault(id, match, after, times, kind, status, retryAfter, time, every, error, channel, accept);
    }

    Fault every(int items, String code) {
        return new Fault(id, match, after, times, kind, status, retryAfter, ms, items, code, channel, accept);
    }

    Fault channel(String name) {
        return new Fault(id, match, after, times, kind, status, retryAfter, ms, every, error, name, accept);
    }

    Fault accept(boolean taken) {
        return new Fault(id, match, after, times, kind, status, retryAfter, ms, every, error, channel, taken);
    }

    int msOr(int otherwise) {
        return ms == null ? otherwise : ms;
    }

    boolean acceptOr(boolean otherwise) {
        return accept == null ? otherwise : accept;
    }
}
