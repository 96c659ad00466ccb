package dev.caravan.transform.link;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The operator's user map and channel map, for one run.
 *
 * @param users by source id, e-mail or source name, in lower case
 * @param channels by source id or source name; the value {@link #SKIP} leaves the channel out
 */
public record IdentityMaps(Map<String, MappedUser> users, Map<String, String> channels) {

    public static final IdentityMaps NONE = new IdentityMaps(Map.of(), Map.of());

    /** The target name that leaves a channel out. */
    public static final String SKIP = "skip";

    /** Empty strings where the map says nothing. */
    public record MappedUser(String name, String email, String authService, String authData) {

        void addTo(ObjectNode links) {
            put(links, "email", email);
            put(links, "authService", authService);
            put(links, "authData", authData);
        }

        private static void put(ObjectNode links, String field, String value) {
            if (!value.isEmpty()) {
                links.put(field, value);
            }
        }
    }

    Optional<MappedUser> user(JsonNode canonical) {
        return users.isEmpty() ? Optional.empty() : find(users, canonical, "id", "email", "name");
    }

    public Optional<String> channel(JsonNode canonical) {
        return channels.isEmpty() ? Optional.empty() : find(channels, canonical, "id", "name");
    }

    private static <T> Optional<T> find(Map<String, T> map, JsonNode canonical, String... fields) {
        for (String field : fields) {
            var found = map.get(canonical.path(field).asText().toLowerCase(java.util.Locale.ROOT));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
