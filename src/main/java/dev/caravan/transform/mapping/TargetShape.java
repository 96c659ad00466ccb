package dev.caravan.transform.mapping;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Kind;
import dev.caravan.model.Target;

/** How a sink writes out what its mapping answered; contributed by the sink's connector as a CDI bean. */
public interface TargetShape {

    /** The sink this writes for: {@code mattermost-bulk}. */
    String sinkKind();

    /** A function of its arguments alone (invariant 6): what is hashed here is what is delivered. */
    Target write(Kind kind, JsonNode mapped);

    /** What people would read of a message that was written, for a sample of texts side by side. */
    default String text(Target written) {
        return new String(written.payload(), StandardCharsets.UTF_8);
    }

    /** For sinks without a shape of their own: the mapped JSON, one object a record. */
    TargetShape JSON = new TargetShape() {
        @Override
        public String sinkKind() {
            return "";
        }

        @Override
        public Target write(Kind kind, JsonNode mapped) {
            return Target.of(mapped);
        }
    };
}
