package dev.caravan.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A server that answers everything with one status and with all that it was sent, secrets too: what a careless one would do. */
final class EchoServer implements AutoCloseable {

    /** @param headers and the address, one a line */
    record Request(String headers, byte[] body) {}

    private final HttpServer server;
    private final int status;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    EchoServer(int status) {
        this.status = status;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::echo);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void echo(HttpExchange exchange) throws IOException {
        var headers = new StringBuilder(exchange.getRequestURI().toString());
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.append('\n').append(name).append(": ").append(values));
        var request = new Request(headers.toString(), exchange.getRequestBody().readAllBytes());
        requests.add(request);
        var answer = "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"%s\",\"error_description\":\"%s\"}"
                .formatted(
                        request.headers().replace("\n", " ").replace("\"", "'"),
                        new String(request.body(), StandardCharsets.UTF_8).replace("\"", "'"));
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
