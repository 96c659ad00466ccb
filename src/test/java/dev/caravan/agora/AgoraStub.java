package dev.caravan.agora;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server that speaks the documented REST API of Agora Chat / Easemob as far as a migration uses it, and holds its callers
 * to every documented rule and limit. A process of its own: it prints its port and lives until its standard input ends. Tests
 * steer and ask it below {@code /control/}. One lock around everything: it is a judge, not a fast server.
 */
public final class AgoraStub {

    /** Everything behind the host. */
    public static final String BASE = "/org/app";

    public static final String APP_ID = "970CA35de60c44645bbae8a215061b33";
    public static final String CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b";

    private final ObjectMapper json = new ObjectMapper();
    private final StubParts parts = new StubParts();
    private final StubApi api = new StubApi(parts);
    private final StubControl control = new StubControl(parts, api);

    public static void main(String[] arguments) throws IOException {
        var stub = new AgoraStub();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", stub::handle);
        server.start();
        System.out.println(server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // until whoever started it goes away
        }
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] reply;
            int status = 200;
            String type = "application/json";
            StubFaults.Fault fault;
            synchronized (this) {
                var path = exchange.getRequestURI().getPath();
                fault = path.startsWith("/control/")
                        ? null
                        : parts.faults.next(exchange.getRequestMethod() + " " + path);
                if (fault != null && fault.what().equals("cut")) {
                    return;
                }
                try {
                    if (fault != null && fault.what().equals("status")) {
                        throw new Denied(
                                fault.script.path("status").asInt(),
                                fault.script.path("error").asText(),
                                fault.script.path("description").asText(""));
                    }
                    if (path.startsWith("/control/")) {
                        reply = json.writeValueAsBytes(control.answer(path.substring("/control/".length()), body));
                    } else if (path.startsWith("/export/")) {
                        reply = parts.history.export(path.substring("/export/".length()));
                    } else if (path.startsWith(BASE + "/chatfiles/")) {
                        reply = parts.files.read(
                                path.substring((BASE + "/chatfiles/").length()),
                                exchange.getRequestHeaders().getFirst("share-secret"));
                    } else {
                        reply = json.writeValueAsBytes(envelope(exchange, api.call(exchange, path, body)));
                    }
                } catch (Denied denied) {
                    status = denied.status;
                    reply = json.writeValueAsBytes(error(denied));
                }
            }
            if (fault != null && fault.what().equals("lost")) {
                return;
            }
            if (fault != null && fault.what().equals("after")) {
                status = fault.script.path("status").asInt();
                reply = json.writeValueAsBytes(error(new Denied(status, "", "")));
            }
            if (fault != null && fault.what().equals("garbage")) {
                reply = fault.script.path("body").asText().getBytes(StandardCharsets.UTF_8);
                type = "text/html";
            }
            if (fault != null && fault.script.has("retryAfter")) {
                exchange.getResponseHeaders()
                        .set("Retry-After", fault.script.path("retryAfter").asText());
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, reply.length == 0 ? -1 : reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    private ObjectNode envelope(HttpExchange exchange, ObjectNode answer) {
        var envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("action", exchange.getRequestMethod().toLowerCase(Locale.ROOT));
        envelope.put("organization", "org").put("applicationName", "app").put("timestamp", StubApi.now());
        envelope.put("duration", 1);
        envelope.setAll(answer);
        return envelope;
    }

    private ObjectNode error(Denied denied) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("error", denied.error)
                .put("exception", "java.lang.IllegalStateException")
                .put("timestamp", StubApi.now())
                .put("duration", 0)
                .put("error_description", denied.getMessage());
    }
}
