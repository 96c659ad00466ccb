package dev.caravan.migration.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The robots of all chats on one port: checks what each documents of shape, size and signature, and answers as the real one
 * does; those of WeCom, DingTalk and Feishu say 200 to what they refuse.
 */
public final class RobotReceiver implements AutoCloseable {

    public static final String SECRET = "SEC this is secret";
    public static final String KEY = "693a91f6-7abc-4bc4-97a0-0ec2sifa5aaa";

    private static final int WECOM_BYTES = 4096;
    private static final int FEISHU_BYTES = 20 * 1024;

    private final HttpServer server;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, List<JsonNode>> taken = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();

    public RobotReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    private record Answer(int status, String body, boolean good) {}

    /** The address of a robot, as its chat shows it. */
    public String url(String robot) {
        var host = "http://127.0.0.1:" + server.getAddress().getPort();
        return switch (robot) {
            case "wecom" -> host + "/wecom/cgi-bin/webhook/send?key=" + KEY;
            case "dingtalk" -> host + "/dingtalk/robot/send?access_token=" + KEY;
            case "feishu" -> host + "/feishu/open-apis/bot/v2/hook/" + KEY;
            case "slack" -> host + "/slack/services/T000/B000/" + KEY;
            case "mattermost" -> host + "/mattermost/hooks/" + KEY;
            default -> host + "/webhook/" + KEY;
        };
    }

    /** What a robot took, in its order. */
    public List<JsonNode> taken(String robot) {
        return taken.getOrDefault(robot, List.of());
    }

    /** How often it was called. */
    public int calls(String robot) {
        return calls.containsKey(robot) ? calls.get(robot).get() : 0;
    }

    /** It cannot take the next ones. */
    public void busy(String robot, int times) {
        busy.put(robot, new AtomicInteger(times));
    }

    private void serve(HttpExchange exchange) throws IOException {
        var robot = exchange.getRequestURI().getPath().split("/")[1];
        calls.computeIfAbsent(robot, one -> new AtomicInteger()).incrementAndGet();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var answer = busy.containsKey(robot) && busy.get(robot).getAndDecrement() > 0
                ? new Answer(503, "busy", false)
                : answer(robot, exchange, body);
        if (answer.good()) {
            taken.computeIfAbsent(robot, one -> new CopyOnWriteArrayList<>()).add(json.readTree(body));
        }
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer answer(String robot, HttpExchange exchange, String body) throws IOException {
        if (!"POST".equals(exchange.getRequestMethod())
                || !exchange.getRequestHeaders().getFirst("Content-Type").startsWith("application/json")) {
            return new Answer(400, "invalid request", false);
        }
        var message = json.readTree(body);
        var query = query(exchange.getRequestURI().getRawQuery());
        return switch (robot) {
            case "wecom" -> wecom(message, query);
            case "dingtalk" -> dingtalk(message, query);
            case "feishu" -> feishu(message, body);
            case "slack" -> slack(message);
            case "mattermost" -> message.path("text").isTextual()
                    ? new Answer(200, "ok", true)
                    : new Answer(400, "{\"message\":\"No text specified.\",\"status_code\":400}", false);
            default -> webhook(exchange, body);
        };
    }

    private static Answer wecom(JsonNode message, Map<String, String> query) {
        if (!KEY.equals(query.get("key"))) {
            return errcode(93000, "invalid webhook url");
        }
        var content = message.path("markdown").path("content");
        if (!"markdown".equals(message.path("msgtype").asText()) || !content.isTextual()) {
            return errcode(40008, "invalid message type");
        }
        return content.asText().getBytes(StandardCharsets.UTF_8).length > WECOM_BYTES
                ? errcode(40058, "markdown.content exceed max length 4096")
                : errcode(0, "ok");
    }

    private static Answer dingtalk(JsonNode message, Map<String, String> query) {
        var timestamp = query.getOrDefault("timestamp", "0");
        if (!KEY.equals(query.get("access_token"))) {
            return errcode(300001, "token is not exist");
        }
        if (!fresh(Instant.ofEpochMilli(Long.parseLong(timestamp)))
                || !base64(SECRET, timestamp + "\n" + SECRET).equals(query.get("sign"))) {
            return errcode(310000, "sign not match");
        }
        var markdown = message.path("markdown");
        return "markdown".equals(message.path("msgtype").asText())
                        && markdown.path("title").isTextual()
                        && markdown.path("text").isTextual()
                ? errcode(0, "ok")
                : errcode(40035, "invalid parameter");
    }

    private static Answer feishu(JsonNode message, String body) {
        var timestamp = message.path("timestamp").asText("0");
        if (!fresh(Instant.ofEpochSecond(Long.parseLong(timestamp)))
                || !base64(timestamp + "\n" + SECRET, "")
                        .equals(message.path("sign").asText())) {
            return new Answer(
                    200,
                    "{\"code\":19021,\"data\":{},\"msg\":\"sign match fail or timestamp is not within one hour from current time\"}",
                    false);
        }
        var post = message.path("content").path("post").elements();
        var text = post.hasNext() ? post.next() : message.path("nothing");
        var good = "post".equals(message.path("msg_type").asText())
                && text.path("title").isTextual()
                && text.path("content").isArray()
                && body.length() <= FEISHU_BYTES;
        for (JsonNode paragraph : text.path("content")) {
            for (JsonNode element : paragraph) {
                good &= "text".equals(element.path("tag").asText())
                        && element.path("text").isTextual();
            }
        }
        return good
                ? new Answer(
                        200,
                        "{\"StatusCode\":0,\"StatusMessage\":\"success\",\"code\":0,\"data\":{},\"msg\":\"success\"}",
                        true)
                : new Answer(200, "{\"code\":9499,\"msg\":\"Bad Request\",\"data\":{}}", false);
    }

    private static Answer slack(JsonNode message) {
        var good = message.path("text").isTextual();
        for (JsonNode block : message.path("blocks")) {
            good &= List.of("section", "context").contains(block.path("type").asText());
        }
        return good ? new Answer(200, "ok", true) : new Answer(400, "invalid_payload", false);
    }

    private static Answer webhook(HttpExchange exchange, String body) {
        var timestamp = exchange.getRequestHeaders().getFirst("X-Caravan-Timestamp");
        var signature = exchange.getRequestHeaders().getFirst("X-Caravan-Signature");
        var expected = "sha256=" + HexFormat.of().formatHex(hmac(SECRET, timestamp + "." + body));
        return expected.equals(signature) ? new Answer(204, "", true) : new Answer(403, "who is this?", false);
    }

    private static Answer errcode(int code, String text) {
        return new Answer(200, "{\"errcode\":%d,\"errmsg\":\"%s\"}".formatted(code, text), code == 0);
    }

    private static boolean fresh(Instant time) {
        return Duration.between(time, Instant.now()).abs().compareTo(Duration.ofHours(1)) < 0;
    }

    private static Map<String, String> query(String raw) {
        var query = new TreeMap<String, String>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            var parts = new ArrayList<>(List.of(pair.split("=", 2)));
            query.put(parts.get(0), URLDecoder.decode(parts.get(1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private static String base64(String key, String text) {
        return Base64.getEncoder().encodeToString(hmac(key, text));
    }

    private static byte[] hmac(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
