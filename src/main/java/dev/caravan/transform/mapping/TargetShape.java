package dev.caravan.transform.mapping;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Kind;
import dev.caravan.model.Target;

/**
 * Writes what a mapping to the target answered as the bytes that are hashed and delivered. Only for a sink whose limits
 * a mapping cannot express; elsewhere the tree is written as plain JSON. Every answer is a function of its arguments.
 */
public interface TargetShape {

    /** The sink this writes for: {@code mattermost-bulk}. */
    String sinkKind();

    /** @throws dev.caravan.model.Problem when the tree lacks what only a setting can supply */
    Target write(Kind kind, JsonNode mapped);

    /** Ids of the rules that {@link #write} applies to this tree, for the findings; without repeats. */
    default List<String> rules(Kind kind, JsonNode mapped) {
        return List.of();
    }
}
