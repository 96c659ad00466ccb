package dev.caravan.transport.http;

import java.net.http.HttpRequest;

/**
 * One request.
 *
 * @param group the endpoint group whose rate it spends; one of those the {@link Pace} knows
 * @param request may carry a timeout of its own (a large upload): it takes the place of {@link HttpLimits#reply()}
 * @param maxBytes most bytes of the reply's body
 */
public record Call(String group, HttpRequest request, long maxBytes) {

    public Call {
        if (maxBytes < 0 || maxBytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("maxBytes " + maxBytes);
        }
    }
}
