package dev.caravan.agora;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;

/** What goes back to the caller. */
record StubReply(int status, String type, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static StubReply of(byte[] body) {
        return new StubReply(200, "application/json", body);
    }

    static StubReply of(JsonNode body) throws JsonProcessingException {
        return of(JSON.writeValueAsBytes(body));
    }

    /** The documented error envelope. */
    static StubReply of(Denied denied) throws JsonProcessingException {
        var envelope = JsonNodeFactory.instance
                .objectNode()
                .put("error", denied.error)
                .put("exception", "java.lang.IllegalStateException")
                .put("timestamp", StubApi.now())
                .put("duration", 0)
                .put("error_description", denied.getMessage());
        return new StubReply(denied.status, "application/json", JSON.writeValueAsBytes(envelope));
    }

    StubReply withPage(String page) {
        return new StubReply(status, "text/html", page.getBytes(StandardCharsets.UTF_8));
    }

    void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
