package dev.caravan.migration.notify;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.migration.notify.Notice.Said;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import dev.caravan.transport.http.Call;
import dev.caravan.transport.http.HttpCalls;
import dev.caravan.transport.http.HttpLimits;
import dev.caravan.transport.http.Pace;
import dev.caravan.transport.http.Reply;

/** A webhook: the generic one, or the robot of a chat. Its address is as secret as its secret. */
final class Robot implements Channel {

    private static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15), 1);
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_TOLD = 200;
    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int MILLIS = 1000;

    private final Format format;
    private final URI url;
    private final Optional<String> secret;
    private final Words words;
    private final Path template;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpCalls calls;

    Robot(Format format, URI url, Optional<String> secret, Words words, Path templates, Clock clock) {
        this.format = format;
        this.url = url;
        this.secret = secret;
        this.words = words;
        this.template = templates.resolve(format.word() + "." + words.locale().getLanguage() + ".json");
        this.clock = clock;
        this.calls = new HttpCalls(new Pace(Map.of(name(), Double.POSITIVE_INFINITY), () -> 1), LIMITS);
    }

    @Override
    public String name() {
        return format.word();
    }

    @Override
    public Words words() {
        return words;
    }

    @Override
    public void tell(Said said) throws NotDelivered {
        var call = new Call(name(), request(message(said)), MOST_BYTES);
        try {
            judge(calls.send(call).get());
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NotDelivered("interrupted", false);
        }
    }

    private ObjectNode message(Said said) {
        var text = new NoticeTemplate(template, format::escape).fill("notice", said);
        try {
            if (json.readTree(text) instanceof ObjectNode message) {
                return message;
            }
        } catch (JsonProcessingException noJson) {
            var place = noJson.getLocation();
            throw new Problem(noJson, "CRV-686", template, place.getLineNr(), place.getColumnNr());
        }
        throw new Problem("CRV-686", template, 1, 1);
    }

    private HttpRequest request(ObjectNode message) {
        var millis = clock.millis();
        var seconds = millis / MILLIS;
        var address = url;
        if (format == Format.DINGTALK && secret.isPresent()) {
            var sign = URLEncoder.encode(Signature.dingtalk(millis, secret.get()), StandardCharsets.UTF_8);
            address = URI.create(url + (url.getQuery() == null ? "?" : "&") + "timestamp=" + millis + "&sign=" + sign);
        }
        if (format == Format.FEISHU && secret.isPresent()) {
            message.put("timestamp", Long.toString(seconds)).put("sign", Signature.feishu(seconds, secret.get()));
        }
        var body = message.toString();
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body));
        if (format == Format.WEBHOOK && secret.isPresent()) {
            request.header("X-Caravan-Timestamp", Long.toString(seconds))
                    .header("X-Caravan-Signature", "sha256=" + Signature.webhook(seconds, body, secret.get()));
        }
        return request.build();
    }

    /** The robots of WeCom, DingTalk and Feishu answer 200 to what they refuse; why stands in the body. */
    private void judge(Reply reply) throws NotDelivered {
        if (!(reply instanceof Reply.Answer answer)) {
            throw new NotDelivered(reason(reply), true);
        }
        var body = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() < OK || answer.status() >= MULTIPLE_CHOICES) {
            var again = answer.status() == TOO_MANY || answer.status() >= SERVER_ERROR;
            throw new NotDelivered(quiet("HTTP " + answer.status() + " " + body), again);
        }
        switch (format) {
            case WECOM, DINGTALK -> requireZero(body, "errcode");
            case FEISHU -> requireZero(body, "code");
            default -> {
                // The status says it all.
            }
        }
    }

    private void requireZero(String body, String field) throws NotDelivered {
        var code = parsed(body).path(field);
        if (!code.isIntegralNumber() || code.asLong() != 0) {
            throw new NotDelivered(quiet(body), Refusals.tooOften(format, code.asLong()));
        }
    }

    private JsonNode parsed(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    private static String reason(Reply reply) {
        var why = reply instanceof Reply.NotSent notSent ? notSent.why() : ((Reply.Lost) reply).why();
        return why.getClass().getSimpleName();
    }

    /** What a server answers may repeat what it was sent. */
    private String quiet(String text) {
        var quiet = text.replaceAll("\\s+", " ").strip();
        for (String hidden : new String[] {url.toString(), url.getRawPath(), url.getRawQuery(), secret.orElse("")}) {
            if (hidden != null && hidden.length() > 1) {
                quiet = quiet.replace(hidden, "***");
            }
        }
        return quiet.substring(0, Math.min(MOST_TOLD, quiet.length()));
    }

    @Override
    public void close() {
        calls.close();
    }

    /** Codes by which a robot says that it gets too much. */
    private static final class Refusals {

        /** <a href="https://developer.work.weixin.qq.com/document/path/90313">WeCom</a>: API freq out of limit. */
        private static final long WECOM = 45009;

        /** <a href="https://open.dingtalk.com/document/robots/custom-robot-access">DingTalk</a>: send too fast. */
        private static final long DINGTALK = 130101;

        /** <a href="https://open.feishu.cn/document/server-docs/im-v1/message/create">Feishu</a>: trigger rate limit. */
        private static final long FEISHU = 11232;

        static boolean tooOften(Format format, long code) {
            return switch (format) {
                case WECOM -> code == WECOM;
                case DINGTALK -> code == DINGTALK;
                case FEISHU -> code == FEISHU;
                default -> false;
            };
        }
    }
}
