package dev.caravan.transform.link;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Problem;

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

    public Optional<MappedUser> user(JsonNode canonical) {
        return users.isEmpty() ? Optional.empty() : find(users, canonical, "id", "email", "name");
    }

    public Optional<String> channel(JsonNode canonical) {
        return channels.isEmpty() ? Optional.empty() : find(channels, canonical, "id", "name");
    }

    /** Whether the channel map sends another channel to this name. */
    boolean isTarget(String channel) {
        return channels.containsValue(channel);
    }

    /**
     * @throws Problem CRV-214 for a name the target does not take, with one it would
     */
    public void requireValid(TargetNames names) {
        users.values().stream()
                .map(MappedUser::name)
                .filter(name -> !name.isEmpty())
                .forEach(name -> {
                    require("caravan.user-map", name, names.user(named(name)));
                });
        channels.values().stream()
                .filter(name -> !SKIP.equalsIgnoreCase(name))
                .forEach(name -> require(
                        "caravan.channel-map",
                        name,
                        names.place(named(name).put("type", "public"), List.of())
                                .name()));
    }

    private static void require(String setting, String name, String valid) {
        if (!name.equals(valid)) {
            throw new Problem("CRV-214", setting, name, valid);
        }
    }

    private static ObjectNode named(String name) {
        return JsonNodeFactory.instance.objectNode().put("id", name).put("name", name);
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
