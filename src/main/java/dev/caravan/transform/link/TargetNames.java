package dev.caravan.transform.link;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a target calls people and conversations: the part of linking that only the sink's connector knows. Every answer
 * is a function of its arguments (invariant 6).
 */
public interface TargetNames {

    /** For sinks without names of their own. */
    TargetNames SOURCE_IDS = new TargetNames() {
        @Override
        public String sinkKind() {
            return "";
        }

        @Override
        public String user(ObjectNode canonicalUser) {
            return canonicalUser.path("id").asText();
        }

        @Override
        public Place place(ObjectNode canonicalChannel, List<String> members) {
            return new Place(
                    canonicalChannel.path("type").asText(),
                    canonicalChannel.path("id").asText());
        }

        @Override
        public String distinct(String name, String sourceId) {
            return name + "-" + sourceId;
        }
    };

    /** The sink this speaks for: {@code mattermost-bulk}. */
    String sinkKind();

    /** The user name for a canonical user, valid on the target, not yet unique. */
    String user(ObjectNode canonicalUser);

    /**
     * How the target holds a canonical channel.
     *
     * @param members target names of the members of a group or direct conversation, sorted, distinct
     */
    Place place(ObjectNode canonicalChannel, List<String> members);

    /** The same name with a suffix that is a hash of the source id, still within the target's limits. */
    String distinct(String name, String sourceId);

    /**
     * A conversation on the target.
     *
     * @param type public, private or direct, as the target will hold it
     * @param name unique among the target's channels; of a direct one its members, sorted and joined by commas, so that
     *     conversations of the same people fall together
     */
    record Place(String type, String name) {
        public String key() {
            return type + "/" + name;
        }
    }
}
