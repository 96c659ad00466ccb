package dev.caravan.fakechat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;

/** What each kind of fault does to a request. */
final class FaultPlay {

    static final Set<String> KINDS = Set.of(
            "status",
            "reply-lost",
            "partial",
            "error-in-200",
            "slow-drip",
            "hang",
            "truncated",
            "cut",
            "html-login",
            "huge",
            "expired-token",
            "forbidden-channel",
            "down",
            "accept-late");

    /** The longest a fault holds a connection. */
    private static final Duration BOUND = Duration.ofSeconds(60);

    private static final int HUGE = 50 * 1024 * 1024;
    private static final String IN_SECONDS = "date+";

    private final ObjectMapper json;
    private final FakeApi api;
    private final FakeTokens tokens;
    private final ScheduledExecutorService later;
    private final Clock clock;
    private volatile Instant downUntil = Instant.MIN;

    FaultPlay(ObjectMapper json, FakeApi api, FakeTokens tokens, ScheduledExecutorService later, Clock clock) {
        this.json = json;
        this.api = api;
        this.tokens = tokens;
        this.later = later;
        this.clock = clock;
    }

    boolean down() {
        return clock.instant().isBefore(downUntil);
    }

    void clear() {
        downUntil = Instant.MIN;
    }

    void play(Fault fault, FakeRequest request, HttpExchange exchange) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case "status" -> status(fault, request).write(exchange);
            case "reply-lost" -> {
                api.answer(request);
                exchange.close();
            }
            case "partial" -> {
                var items = api.items(request);
                api.answer(api.withItems(request, items.subList(0, (items.size() + 1) / 2)));
                status(fault.accept(false), request).write(exchange);
            }
            case "error-in-200" -> errors(fault, request).write(exchange);
            case "slow-drip" -> drip(reply(fault, request, true), fault.msOr(1000), exchange);
            case "hang" -> {
                reply(fault, request, false);
                sleep(fault.msOr((int) BOUND.toMillis()));
                exchange.close();
            }
            case "truncated" -> {
                var whole = reply(fault, request, true);
                new FakeReply(whole.status(), whole.headers(), whole.type(), half(whole.body())).write(exchange);
            }
            case "cut" -> {
                var whole = reply(fault, request, true);
                whole.writeHead(exchange, whole.body().length);
                exchange.getResponseBody().write(half(whole.body()));
                exchange.getResponseBody().flush();
                exchange.close();
            }
            case "html-login" -> {
                reply(fault, request, false);
                var page = "<!DOCTYPE html><html><body><form>Sign in</form></body></html>";
                new FakeReply(200, Map.of(), "text/html", page.getBytes(StandardCharsets.UTF_8)).write(exchange);
            }
            case "huge" -> huge(reply(fault, request, true), exchange);
            case "expired-token" -> {
                tokens.expire();
                FakeReply.error(401, "token").write(exchange);
            }
            case "forbidden-channel" -> FakeReply.error(403, "forbidden").write(exchange);
            case "down" -> {
                downUntil = clock.instant().plusMillis(fault.msOr(1000));
                exchange.close();
            }
            case "accept-late" -> {
                later.schedule(() -> late(request), fault.msOr(300), TimeUnit.MILLISECONDS);
                status(fault.accept(false), request).write(exchange);
            }
            default -> throw new IllegalStateException(fault.kind());
        }
    }

    /** The true answer when the request is taken; an empty one otherwise. */
    private FakeReply reply(Fault fault, FakeRequest request, boolean otherwise) throws IOException {
        return fault.acceptOr(otherwise) ? api.answer(request) : FakeReply.json(200, json.createObjectNode());
    }

    private FakeReply status(Fault fault, FakeRequest request) throws IOException {
        if (fault.acceptOr(false)) {
            api.answer(request);
        }
        var reply = FakeReply.error(fault.status() == null ? 500 : fault.status(), "fault");
        var after = fault.retryAfter();
        if (after != null && after.startsWith(IN_SECONDS)) {
            var then = clock.instant().plusSeconds(Long.parseLong(after.substring(IN_SECONDS.length())));
            after = DateTimeFormatter.RFC_1123_DATE_TIME.format(then.atOffset(ZoneOffset.UTC));
        }
        return after == null ? reply : reply.withHeader("Retry-After", after);
    }

    /** An item that is to be sent again holds back those after it, as they would overtake it. */
    private FakeReply errors(Fault fault, FakeRequest request) throws IOException {
        var items = api.items(request);
        int every = fault.every() == null ? 1 : fault.every();
        boolean retry = "retry".equals(fault.error());
        var taken = new ArrayList<ObjectNode>();
        for (int i = 0; i < items.size(); i++) {
            if (!fails(i, every, retry)) {
                taken.add(items.get(i));
            }
        }
        List<ObjectNode> given = new ArrayList<>();
        if (!taken.isEmpty()) {
            var answer = api.answer(api.withItems(request, taken));
            if (answer.status() != 200) {
                return answer;
            }
            json.readTree(answer.body()).path("results").forEach(result -> given.add((ObjectNode) result));
        }
        var results = given.iterator();
        var all = json.createObjectNode();
        var list = all.putArray("results");
        for (int i = 0; i < items.size(); i++) {
            if (!fails(i, every, retry)) {
                list.add(results.next());
            } else if (retry) {
                list.addObject().put("retry_after_ms", fault.msOr(100));
            } else {
                list.addObject()
                        .put("error", fault.error() == null ? "internal" : fault.error())
                        .put("message", "not taken");
            }
        }
        return FakeReply.json(200, all);
    }

    private static boolean fails(int index, int every, boolean retry) {
        return retry ? index + 1 >= every : (index + 1) % every == 0;
    }

    private static void drip(FakeReply reply, int ms, HttpExchange exchange) throws IOException, InterruptedException {
        reply.writeHead(exchange, reply.body().length);
        OutputStream out = exchange.getResponseBody();
        long most = BOUND.toMillis() / Math.max(1, ms);
        for (int i = 0; i < Math.min(most, reply.body().length); i++) {
            out.write(reply.body()[i]);
            out.flush();
            sleep(ms);
        }
        exchange.close();
    }

    /** The true answer with so much white space behind it that nobody should read it to the end. */
    private static void huge(FakeReply reply, HttpExchange exchange) throws IOException {
        reply.writeHead(exchange, HUGE);
        OutputStream out = exchange.getResponseBody();
        out.write(reply.body());
        var padding = new byte[64 * 1024];
        Arrays.fill(padding, (byte) ' ');
        for (int rest = HUGE - reply.body().length; rest > 0; rest -= padding.length) {
            out.write(padding, 0, Math.min(rest, padding.length));
        }
        exchange.close();
    }

    private void late(FakeRequest request) {
        try {
            api.answer(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] half(byte[] body) {
        return Arrays.copyOf(body, body.length / 2);
    }

    private static void sleep(int ms) throws InterruptedException {
        Thread.sleep(Math.min(ms, BOUND.toMillis()));
    }
}
