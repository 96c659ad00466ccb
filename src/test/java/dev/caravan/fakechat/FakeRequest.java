package dev.caravan.fakechat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;

/**
 * A request, read to its end.
 *
 * @param token the bearer token shown, or empty
 */
record FakeRequest(String method, String path, Map<String, String> query, String token, byte[] body) {

    private static final String BEARER = "Bearer ";

    static FakeRequest of(HttpExchange exchange) throws IOException {
        var query = new HashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (var pair : (raw == null ? "" : raw).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        var shown = exchange.getRequestHeaders().getFirst("Authorization");
        return new FakeRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query,
                shown != null && shown.startsWith(BEARER) ? shown.substring(BEARER.length()) : "",
                exchange.getRequestBody().readAllBytes());
    }

    /** {@code POST /messages}. */
    String line() {
        return method + " " + path;
    }

    /** Without the id: {@code PUT /messages}. */
    String kind() {
        var parts = path.split("/");
        return method + " /" + (parts.length > 1 ? parts[1] : "");
    }

    FakeRequest withBody(byte[] other) {
        return new FakeRequest(method, path, query, token, other);
    }
}
