package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.model.Target;
import dev.caravan.transform.mapping.TargetShape;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The staged form of a record: lines of one tag byte and one JSON object, so that {@link MattermostSeal} copies bytes
 * and reads none. {@link StagedLine} lists the tags. In a post {@code create_at} always comes first.
 */
@ApplicationScoped
public class MattermostShape implements TargetShape {

    private final ObjectMapper json = JsonMapper.builder().build();

    @Override
    public String sinkKind() {
        return MattermostNames.SINK;
    }

    @Override
    public Target write(Kind kind, JsonNode mapped) {
        try (var out = new ByteArrayBuilder(512)) {
            if (kind == Kind.MESSAGE) {
                return message(mapped, out);
            }
            int objects =
                    switch (kind) {
                        case USER -> line(kind, userTag(mapped), mapped, out);
                        case CHANNEL -> channel(mapped, out);
                        case MEMBERSHIP -> line(kind, membershipTag(mapped), mapped, out);
                        default -> emoji(mapped, out);
                    };
            return Target.of(out.toByteArray(), objects, PostLayout.ids(mapped.path("rules"), Set.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String text(Target written) {
        var texts = new ArrayList<String>();
        for (var line : new String(written.payload(), StandardCharsets.UTF_8).split("\n")) {
            if (line.charAt(0) != StagedLine.FILE) {
                texts.add(read(line.substring(1)).path("message").asText());
            }
        }
        return String.join("\n", texts);
    }

    private JsonNode read(String line) {
        try {
            return json.readTree(line);
        } catch (IOException ours) {
            throw new UncheckedIOException(ours);
        }
    }

    private Target message(JsonNode mapped, ByteArrayBuilder out) throws IOException {
        for (String field : List.of("create_at", "user", "message")) {
            required(Kind.MESSAGE, mapped.path("post"), field);
        }
        var layout = new PostLayout(mapped);
        var objects = layout.objects();
        for (var object : objects) {
            out.append(object.place().tag());
            post(object.post(), out);
        }
        files(mapped.path("files"), out);
        return Target.of(out.toByteArray(), objects.size(), PostLayout.ids(mapped.path("rules"), layout.rules()));
    }

    private void post(ObjectNode post, ByteArrayBuilder out) throws IOException {
        var ordered = post;
        if (!post.fieldNames().next().equals(StagedLine.CREATE_AT)) {
            ordered = post.objectNode();
            ordered.set(StagedLine.CREATE_AT, post.get(StagedLine.CREATE_AT));
            ordered.setAll(post);
        }
        try (var generator = generator(out)) {
            json.writeTree(generator, ordered);
        }
        out.append('\n');
    }

    private int line(Kind kind, char tag, JsonNode mapped, ByteArrayBuilder out) throws IOException {
        var line = mapped.path("line");
        switch (kind) {
            case USER -> {
                required(kind, line, "username");
                if (tag == StagedLine.BOT && line.path("owner").asText("").isEmpty()) {
                    throw new Problem("CRV-405", line.path("username").asText());
                }
                if (tag != StagedLine.BOT && line.path("email").asText("").isEmpty()) {
                    throw new Problem("CRV-406", line.path("username").asText());
                }
            }
            default -> required(kind, line, "name");
        }
        append(tag, line, out);
        return 1;
    }

    private int channel(JsonNode mapped, ByteArrayBuilder out) throws IOException {
        if (mapped.path("direct").asBoolean()) {
            append(StagedLine.DIRECT, mapped.has("line") ? mapped.get("line") : json.createObjectNode(), out);
            return 1;
        }
        int objects = line(Kind.CHANNEL, StagedLine.CHANNEL, mapped, out);
        if (!mapped.path("members").isEmpty()) {
            append(StagedLine.MEMBERS, mapped.get("members"), out);
        }
        return objects;
    }

    private int emoji(JsonNode mapped, ByteArrayBuilder out) throws IOException {
        if (mapped.path("files").isEmpty()) {
            out.append(StagedLine.NOTHING);
            out.append('\n');
            return 0;
        }
        int objects = line(Kind.EMOJI, StagedLine.EMOJI, mapped, out);
        files(mapped.get("files"), out);
        return objects;
    }

    private void files(JsonNode files, ByteArrayBuilder out) throws IOException {
        for (var file : files) {
            append(StagedLine.FILE, file, out);
        }
    }

    private void append(char tag, JsonNode value, ByteArrayBuilder out) throws IOException {
        out.append(tag);
        try (var generator = generator(out)) {
            json.writeTree(generator, value);
        }
        out.append('\n');
    }

    private JsonGenerator generator(ByteArrayBuilder out) throws IOException {
        return json.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    private static char userTag(JsonNode mapped) {
        if (mapped.path("bot").asBoolean()) {
            return StagedLine.BOT;
        }
        if (mapped.path("guest").asBoolean()) {
            return StagedLine.GUEST;
        }
        return mapped.path("admin").asBoolean() ? StagedLine.ADMIN : StagedLine.USER;
    }

    private static char membershipTag(JsonNode mapped) {
        if (mapped.path("direct").asBoolean()) {
            return StagedLine.DIRECT;
        }
        return mapped.path("admin").asBoolean() ? StagedLine.ADMIN : StagedLine.USER;
    }

    private static void required(Kind kind, JsonNode line, String field) {
        if (line.path(field).isMissingNode() || line.path(field).isNull()) {
            throw new Problem("CRV-409", field, kind.word());
        }
    }
}
