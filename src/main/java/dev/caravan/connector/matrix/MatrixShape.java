package dev.caravan.connector.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.model.Target;
import dev.caravan.transform.mapping.TargetShape;
import dev.caravan.transform.text.TextSplitter;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A mapped record written out as JSON. A message becomes {@code pieces}, one event each: its text, cut where an event would
 * be too large, its files, its cards, what is missing. Of each piece the events differ in {@link #PIECE}, by which a
 * look-up tells which of them are there.
 */
@ApplicationScoped
public class MatrixShape implements TargetShape {

    /** Field of every event we send: the source id of the record it is of. */
    static final String ID = "dev.caravan.id";

    /** Field of every event of a message: which piece of it this is. */
    static final String PIECE = "dev.caravan.piece";

    static final String TEXT = "text";
    static final String COPY = "copy";

    /**
     * Characters of one event's text. An event has at most 65,536 bytes; a character takes at most 4 of them, six where
     * JSON escapes it, and an edit holds the text as well.
     */
    static final int MAX_TEXT = 6_000;

    /** Bytes of HTML beside such a text. */
    private static final int MAX_HTML = 24_000;

    private final ObjectMapper json = JsonMapper.builder().build();

    @Override
    public String sinkKind() {
        return MatrixNames.SINK;
    }

    @Override
    public Target write(Kind kind, JsonNode mapped) {
        var payload = ((ObjectNode) mapped).deepCopy();
        var rules = new TreeSet<String>();
        payload.path("rules").forEach(rule -> rules.add(rule.asText()));
        payload.remove("rules");
        int objects = 1;
        if (kind == Kind.MESSAGE) {
            required(payload, "room", "sender", "time", "text", "content");
            objects = pieces(payload, rules);
        } else {
            required(payload, kind == Kind.CHANNEL ? "alias" : "user");
        }
        try {
            return Target.of(json.writeValueAsBytes(payload), objects, List.copyOf(rules));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String text(Target written) {
        try {
            var texts = new ArrayList<String>();
            for (var piece : json.readTree(written.payload()).path("pieces")) {
                if (piece.path("content").path(PIECE).asText().startsWith(TEXT)) {
                    texts.add(piece.path("content").path("body").asText());
                }
            }
            return String.join("", texts);
        } catch (IOException ours) {
            throw new UncheckedIOException(ours);
        }
    }

    private static int pieces(ObjectNode message, TreeSet<String> rules) {
        var text = message.remove("text").asText();
        var content = (ObjectNode) message.remove("content");
        var files = message.remove("files");
        var notices = message.remove("notices");
        var pieces = message.putArray("pieces");
        boolean others = files != null && !files.isEmpty() || notices != null && !notices.isEmpty();
        if (!text.isEmpty() || !others) {
            texts(text, content, pieces, rules);
            if (message.path("broadcast").asBoolean()) {
                var copy = pieces.get(0).path("content").deepCopy();
                piece(pieces, COPY, (ObjectNode) copy).put("main", true);
            }
        }
        message.remove("broadcast");
        int number = 0;
        for (var file : files == null ? List.<JsonNode>of() : files) {
            var own = (ObjectNode) file.path("content").deepCopy();
            own.set(ID, content.get(ID));
            piece(pieces, "file-" + number++, own).set("from", file.path("from"));
        }
        for (var notice : notices == null ? List.<JsonNode>of() : notices) {
            var own = (ObjectNode) notice.deepCopy();
            own.put("msgtype", "m.notice");
            own.set(ID, content.get(ID));
            html(own, own.path("body").asText(), rules);
            piece(pieces, "notice-" + number++, own);
        }
        return pieces.size();
    }

    private static void texts(String text, ObjectNode content, ArrayNode pieces, TreeSet<String> rules) {
        int number = 0;
        var parts = TextSplitter.split(text, MAX_TEXT);
        for (var part : parts) {
            var own = content.deepCopy();
            own.put("body", part);
            html(own, part, rules);
            piece(pieces, number == 0 ? TEXT : TEXT + "-" + number, own);
            number++;
        }
        if (parts.size() > 1) {
            rules.add(MatrixRule.TEXT_SPLIT.id());
        }
    }

    private static ObjectNode piece(ArrayNode pieces, String name, ObjectNode content) {
        // Mentions of the past shall not ring anybody: with this field nobody is looked for in the text.
        content.putObject("m.mentions");
        content.put(PIECE, name);
        return (ObjectNode) pieces.addObject().set("content", content);
    }

    /** Text without markup needs no HTML. */
    private static void html(ObjectNode content, String text, TreeSet<String> rules) {
        var html = MatrixText.html(text);
        if (html.equals("<p>" + text + "</p>") || text.isEmpty()) {
            return;
        }
        if (html.getBytes(StandardCharsets.UTF_8).length > MAX_HTML) {
            rules.add(MatrixRule.HTML_LEFT_OUT.id());
            return;
        }
        content.put("format", "org.matrix.custom.html");
        content.put("formatted_body", html);
    }

    private static void required(ObjectNode record, String... fields) {
        for (var field : fields) {
            if (record.path(field).isMissingNode() || record.path(field).isNull()) {
                throw new Problem("CRV-453", field);
            }
        }
    }
}
