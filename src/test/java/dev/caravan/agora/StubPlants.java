package dev.caravan.agora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a test changes behind the back of everybody: {@code {"file": name}} spoils the first byte of a stored file,
 * {@code {"person": name, "nickname": ...}} gives somebody another name, {@code {"message": source id, "what": ...}} changes
 * a message, or its {@code part}. What: {@code remove}, {@code double}, {@code copy} (another message with {@code set}), {@code change} (by {@code set}),
 * {@code last} (it stands behind all others).
 */
final class StubPlants {

    private final StubUsers users;
    private final StubMessages messages;
    private final StubFiles files;

    StubPlants(StubUsers users, StubMessages messages, StubFiles files) {
        this.users = users;
        this.messages = messages;
        this.files = files;
    }

    void plant(JsonNode plant) {
        if (plant.has("file")) {
            files.files.values().stream()
                    .filter(file -> file.name().equals(plant.path("file").asText()))
                    .forEach(file -> file.bytes()[0] ^= 1);
        } else if (plant.has("person")) {
            users.attributes
                    .get(plant.path("person").asText())
                    .put("nickname", plant.path("nickname").asText());
        } else {
            message(find(plant.path("message").asText(), plant.path("part").asInt()), plant);
        }
    }

    /** @param part 0 for the first there is */
    private StubMessages.Message find(String source, int part) {
        return messages.messages.values().stream()
                .filter(message -> message.body().at("/ext/caravan/id").asText().equals(source))
                .filter(message ->
                        part == 0 || message.body().at("/ext/caravan/part").asInt() == part)
                .findFirst()
                .orElseThrow();
    }

    private void message(StubMessages.Message message, JsonNode plant) {
        var all = messages.messages;
        switch (plant.path("what").asText()) {
            case "remove" -> all.remove(message.id());
            case "double" -> all.put(message.id() + "2", message);
            case "copy" -> all.put(message.id() + "3", changed(message, plant.path("set")));
            case "change" -> all.put(message.id(), changed(message, plant.path("set")));
            case "last" -> {
                all.remove(message.id());
                all.put(message.id(), message);
            }
            default -> throw new IllegalArgumentException(plant.toString());
        }
    }

    /** @param set values by JSON pointer; {@code shown}: the time it is shown with, ms later than now */
    private static StubMessages.Message changed(StubMessages.Message message, JsonNode set) {
        ObjectNode body = message.body().deepCopy();
        set.fields().forEachRemaining(field -> {
            int last = field.getKey().lastIndexOf('/');
            if (last >= 0) {
                ((ObjectNode) body.at(field.getKey().substring(0, last)))
                        .set(field.getKey().substring(last + 1), field.getValue());
            }
        });
        return new StubMessages.Message(
                message.id(),
                message.group(),
                message.conversation(),
                message.time() + set.path("shown").asLong(),
                message.importedAt(),
                body);
    }
}
