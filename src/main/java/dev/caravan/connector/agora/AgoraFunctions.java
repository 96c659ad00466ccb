package dev.caravan.connector.agora;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transform.mapping.NamedFunction;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What the mappings to and from Agora Chat need beyond JSLT:
 *
 * <ul>
 *   <li>{@code agora-text(text)}: canonical text as plain text
 *   <li>{@code agora-canonical-text(text)}: and back
 *   <li>{@code agora-cut(text, n)}: at most n characters; null of nothing
 * </ul>
 */
@ApplicationScoped
public class AgoraFunctions implements MappingFunctions {

    @Override
    public Collection<Function> functions(Path routes) {
        return List.of(
                new NamedFunction("agora-text", 1, args -> text(args[0], PlainText::of)),
                new NamedFunction("agora-canonical-text", 1, args -> text(args[0], PlainText::canonical)),
                new NamedFunction("agora-cut", 2, args -> cut(args[0], args[1].asInt())));
    }

    private static JsonNode text(JsonNode text, java.util.function.UnaryOperator<String> form) {
        return text.isTextual() ? TextNode.valueOf(form.apply(text.textValue())) : NullNode.instance;
    }

    /** The server counts as Java does; half a character beyond the basic plane is never left. */
    private static JsonNode cut(JsonNode text, int most) {
        if (!text.isTextual() || text.textValue().isEmpty()) {
            return NullNode.instance;
        }
        var whole = text.textValue();
        if (whole.length() <= most) {
            return text;
        }
        return TextNode.valueOf(
                whole.substring(0, Character.isHighSurrogate(whole.charAt(most - 1)) ? most - 1 : most));
    }
}
