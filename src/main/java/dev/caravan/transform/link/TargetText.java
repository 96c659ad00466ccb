package dev.caravan.transform.link;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a sink's platform words what it is given: lets verification compare a record as it was linked with the record as it
 * is read back. Contributed by the sink's connector; a sink without one keeps text as it is.
 */
public interface TargetText {

    TargetText AS_IS = new TargetText() {
        @Override
        public String sinkKind() {
            return "";
        }

        @Override
        public String comparable(String canonicalText, JsonNode links) {
            return canonicalText;
        }

        @Override
        public String reaction(String emoji) {
            return emoji;
        }
    };

    String sinkKind();

    /**
     * Canonical text with every reference written by its name on the target: {@code [@alice](caravan:user/alice)}, and
     * with what the platform cannot hold left out on both sides.
     *
     * @param links of the linked record; missing for a record that was read back, whose references are names already
     */
    String comparable(String canonicalText, JsonNode links);

    /** Name of a reaction's emoji on the platform. */
    String reaction(String emoji);

    /** A person's display name, as far as the platform holds it. */
    default String personName(String displayName) {
        return displayName;
    }

    /** The sink's rule by which what was edited after its import stays on the target as it was; null without one. */
    default String editedAfterImport() {
        return null;
    }

    /**
     * The sink's rules that change or lose something of a record, and the share of the records of its kind, 0 to 1, that
     * each may touch before the target counts as different from the source. Settings overrule the shares.
     */
    default Map<String, Double> lossyRules() {
        return Map.of();
    }
}
