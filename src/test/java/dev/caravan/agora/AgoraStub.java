package dev.caravan.agora;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.agora.StubFaults.Fault;

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

    private static final String CONTROL = "/control/";
    private static final String EXPORTS = "/export/";
    private static final String FILES = BASE + "/chatfiles/";

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
            var reply = reply(exchange, body);
            if (reply.isPresent()) {
                reply.get().send(exchange);
            }
        }
    }

    /** Nothing when a fault says that the caller gets no reply. */
    private synchronized Optional<StubReply> reply(HttpExchange exchange, byte[] body) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var fault = path.startsWith(CONTROL) ? Fault.NONE : parts.faults.next(exchange.getRequestMethod() + " " + path);
        fault.retryAfter().ifPresent(time -> exchange.getResponseHeaders().set("Retry-After", time));
        return switch (fault.what()) {
            case "cut" -> Optional.empty();
            case "status" -> Optional.of(StubReply.of(fault.denial()));
            default -> fault.spoiled(carryOut(exchange, path, body));
        };
    }

    private StubReply carryOut(HttpExchange exchange, String path, byte[] body) throws IOException {
        try {
            if (path.startsWith(CONTROL)) {
                return StubReply.of(control.answer(path.substring(CONTROL.length()), body));
            }
            if (path.startsWith(EXPORTS)) {
                return StubReply.of(parts.history.export(path.substring(EXPORTS.length())));
            }
            if (path.startsWith(FILES)) {
                var secret = exchange.getRequestHeaders().getFirst("share-secret");
                return StubReply.of(parts.files.read(path.substring(FILES.length()), secret));
            }
            return StubReply.of(envelope(exchange, api.call(exchange, path, body)));
        } catch (Denied denied) {
            return StubReply.of(denied);
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
}
