package dev.caravan.fakechat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;

/** An answer before it is written. */
record FakeReply(int status, Map<String, String> headers, String type, byte[] body) {

    static final String JSON = "application/json";

    static FakeReply json(int status, ObjectNode body) {
        return new FakeReply(status, Map.of(), JSON, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static FakeReply error(int status, String code) {
        return json(status, JsonNodeFactory.instance.objectNode().put("error", code));
    }

    FakeReply withHeader(String name, String value) {
        return new FakeReply(status, Map.of(name, value), type, body);
    }

    void write(HttpExchange exchange) throws IOException {
        writeHead(exchange, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** @param length announced to the client */
    void writeHead(HttpExchange exchange, long length) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, length);
    }
}
