package dev.caravan.connector.agora;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Kind;
import dev.caravan.model.Target;
import dev.caravan.transform.mapping.TargetShape;
import jakarta.enterprise.context.ApplicationScoped;

/** What is sent, as JSON; a message as the calls it takes: {@link MessageParts}. */
@ApplicationScoped
public class AgoraShape implements TargetShape {

    private static final String RULES = "rules";

    @Override
    public String sinkKind() {
        return AgoraNames.SINK;
    }

    @Override
    public Target write(Kind kind, JsonNode mapped) {
        var rules = new ArrayList<String>();
        mapped.path(RULES).forEach(rule -> rules.add(rule.asText()));
        ObjectNode bare = ((ObjectNode) mapped).objectNode();
        mapped.properties().forEach(field -> bare.set(field.getKey(), field.getValue()));
        bare.remove(RULES);
        if (kind != Kind.MESSAGE) {
            return target(bare, 1, rules);
        }
        var parts = new MessageParts(bare);
        rules.addAll(parts.rules());
        return target(parts.message(), parts.number(), rules);
    }

    private static Target target(ObjectNode payload, int objects, List<String> rules) {
        return Target.of(payload.toString().getBytes(StandardCharsets.UTF_8), objects, rules);
    }

    @Override
    public String text(Target written) {
        return MessageParts.text(Json.read(written.payload()));
    }
}
