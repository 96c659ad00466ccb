package dev.caravan.connector.mattermost;

import com.fasterxml.jackson.databind.JsonNode;

/** How Mattermost writes the references of a canonical text, from the {@code links} of the record. */
record LinkNames(JsonNode links) {

    /**
     * @param reference {@code caravan:user/U1}, {@code caravan:channel/C2}, {@code caravan:group/here}
     * @return what stands for it in the text, or null when Mattermost has nothing for it
     */
    String show(String reference) {
        int colon = reference.indexOf(':');
        int slash = reference.indexOf('/');
        String id = reference.substring(slash + 1);
        return switch (reference.substring(colon + 1, slash)) {
            case "user" -> with("@", links.path("users").path(id).asText(""));
            case "channel" -> with("~", links.path("channels").path(id).asText(""));
            case "group" -> group(id);
            default -> null;
        };
    }

    private static String with(String sign, String name) {
        return name.isEmpty() ? null : sign + name;
    }

    /** Null for a group Mattermost has not. */
    static String group(String id) {
        return switch (id) {
            case "here", "channel" -> "@" + id;
            case "everyone" -> "@all";
            default -> null;
        };
    }
}
