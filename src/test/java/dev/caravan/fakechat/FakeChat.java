package dev.caravan.fakechat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A chat server for tests, in a process of its own so that it and its client can be killed apart. What it has answered
 * for is on the disk. It needs the JDK and Jackson, nothing else.
 *
 * <p>{@code java -cp ... dev.caravan.fakechat.FakeChat <folder> <port, 0 for a free one> [rate=500] [latency-ms=50]
 * [secret=s] [token-seconds=60]}; the first line it prints is its port. Scripts start it the same way.
 */
public final class FakeChat {

    private static final String CONTROL = "/control";

    private final ObjectMapper json = new ObjectMapper();
    private final FakeSettings settings;
    private final FakeStore store;
    private final FakeApi api;
    private final Faults faults;
    private final FaultPlay play;
    private final WindowMeter meter = new WindowMeter(System::nanoTime);
    private final Map<String, Long> requests = new TreeMap<>();

    private FakeChat(Path folder, FakeSettings settings) throws IOException {
        this.settings = settings;
        Files.createDirectories(folder);
        store = new FakeStore(json, folder);
        var tokens = new FakeTokens(settings);
        api = new FakeApi(json, store, tokens);
        faults = new Faults(() ->
                store.accepted().values().stream().mapToLong(Long::longValue).sum());
        play = new FaultPlay(json, api, tokens, Executors.newScheduledThreadPool(1), Clock.systemUTC());
    }

    public static void main(String... arguments) throws IOException {
        // Else an answer of two packets waits for the client's acknowledgement of the first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var chat = new FakeChat(Path.of(arguments[0]), FakeSettings.of(arguments, 2));
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
        var server = HttpServer.create(address, 1024);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", chat::handle);
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = FakeRequest.of(exchange);
            if (request.path().startsWith(CONTROL)) {
                control(request).write(exchange);
                return;
            }
            boolean tooMany = count(request);
            if (play.down()) {
                return;
            }
            Thread.sleep(settings.latencyMs());
            if (tooMany) {
                FakeReply.error(429, "rate").withHeader("Retry-After", "1").write(exchange);
                return;
            }
            var fault = faults.fire(request, api);
            if (fault.isPresent()) {
                play.play(fault.get(), request, exchange);
            } else {
                api.answer(request).write(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            e.printStackTrace();
        }
    }

    /** @return whether the request is over the rate */
    private boolean count(FakeRequest request) {
        synchronized (requests) {
            requests.merge(request.kind(), 1L, Long::sum);
        }
        int inSecond = meter.started();
        return settings.rate() > 0 && inSecond > settings.rate();
    }

    private FakeReply control(FakeRequest request) throws IOException {
        return switch (request.line()) {
            case "POST /control/faults" -> {
                var body = json.readTree(request.body());
                for (var script : body instanceof ArrayNode list
                        ? list
                        : json.createArrayNode().add(body)) {
                    faults.add(json.treeToValue(script, Fault.class));
                }
                yield FakeReply.json(200, json.createObjectNode());
            }
            case "DELETE /control/faults" -> {
                faults.clear();
                play.clear();
                yield FakeReply.json(200, json.createObjectNode());
            }
            case "GET /control/stats" -> statistics();
            default -> FakeReply.error(404, "path");
        };
    }

    private FakeReply statistics() {
        var all = json.createObjectNode();
        synchronized (requests) {
            requests.forEach(all.putObject("requests")::put);
        }
        all.set("faults", faults.statistics());
        var accepted = all.putObject("accepted");
        store.accepted().forEach((kind, number) -> accepted.put(kind.word(), number));
        var doubled = all.putObject("doubled");
        for (var kind : FakeKind.values()) {
            var ofKind = store.doubled(kind);
            if (!ofKind.isEmpty()) {
                doubled.set(kind.word(), json.valueToTree(ofKind));
            }
        }
        return FakeReply.json(200, all.put("largestSecond", meter.largest()));
    }
}
