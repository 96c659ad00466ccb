package dev.caravan.transport.http;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * One request.
 *
 * @param group the endpoint group whose rate it spends; one of those the {@link Pace} knows
 * @param request may carry a timeout of its own (a large upload): it takes the place of {@link HttpLimits#reply()}
 * @param maxBytes most bytes of the reply's body
 * @param into takes the body of a reply with status 200 as it comes, so that it need not fit into memory, and the answer is
 *     without one; null to have it in the answer
 */
public record Call(String group, HttpRequest request, long maxBytes, Consumer<ByteBuffer> into) {

    public Call(String group, HttpRequest request, long maxBytes) {
        this(group, request, maxBytes, null);
    }

    public Call {
        if (maxBytes < 0 || into == null && maxBytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("maxBytes " + maxBytes);
        }
    }
}
