package dev.caravan.connector.slack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.transform.cleanse.ByteRepair;

/**
 * Which account a bot has: messages may name a bot by {@code bot_id} alone, and the list of people says at
 * {@code profile.bot_id} whose that is. Read when the first such message comes. Thread-safe.
 */
final class BotUsers {

    private final ExportSet exports;
    private final ReadLimits limits;
    private final ByteRepair repair;
    private Map<String, String> users;

    BotUsers(ExportSet exports, ReadLimits limits, ByteRepair repair) {
        this.exports = exports;
        this.limits = limits;
        this.repair = repair;
    }

    boolean isOf(ExportSet others) {
        return exports == others;
    }

    /** Bot id to user id, of those bots of a message that have an account; null when none has. */
    ObjectNode of(JsonNode message) {
        ObjectNode found = null;
        for (var bot : List.of(
                message.path("bot_id"), message.path("bot_profile").path("id"), message.path("parent_user_id"))) {
            var user = bot.isTextual() && isBot(bot.textValue()) ? users().get(bot.textValue()) : null;
            if (user != null) {
                found = found == null ? JsonNodeFactory.instance.objectNode() : found;
                found.put(bot.textValue(), user);
            }
        }
        return found;
    }

    private static boolean isBot(String id) {
        return id.startsWith("B");
    }

    private synchronized Map<String, String> users() {
        if (users == null) {
            users = new HashMap<>();
            for (var archive : exports.archives()) {
                if (archive.has(ExportArchive.USERS)) {
                    archive.forEach(ExportArchive.USERS, limits, repair, record -> {
                        if (!record.refused()) {
                            add(record.tree());
                        }
                    });
                }
            }
        }
        return users;
    }

    private void add(ObjectNode user) {
        var bot = user.path("profile").path("bot_id").asText("");
        if (isBot(bot)) {
            users.put(bot, user.path("id").asText());
        }
    }
}
