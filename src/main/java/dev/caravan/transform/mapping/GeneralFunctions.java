package dev.caravan.transform.mapping;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import dev.caravan.model.Sha256;

/** Functions every template has, whatever the connectors: {@code sha256(string)}, in hexadecimal; null of null. */
final class GeneralFunctions implements MappingFunctions {

    @Override
    public Collection<Function> functions(Path routes) {
        return List.of(new NamedFunction("sha256", 1, args -> sha256(args[0])));
    }

    private static JsonNode sha256(JsonNode text) {
        return text.isNull() ? NullNode.instance : TextNode.valueOf(Sha256.hex(text.asText()));
    }
}
