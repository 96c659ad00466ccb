package dev.caravan.transform.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Function;

/**
 * A function of the templates that needs nothing but its arguments.
 *
 * @param name as templates call it
 * @param arguments how many it takes, neither fewer nor more
 */
public record NamedFunction(String name, int arguments, java.util.function.Function<JsonNode[], JsonNode> body)
        implements Function {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getMinArguments() {
        return arguments;
    }

    @Override
    public int getMaxArguments() {
        return arguments;
    }

    @Override
    public JsonNode call(JsonNode input, JsonNode[] given) {
        return body.apply(given);
    }
}
