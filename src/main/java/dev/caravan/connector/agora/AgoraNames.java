package dev.caravan.connector.agora;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Sha256;
import dev.caravan.transform.link.TargetNames;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * User ids and group names as Agora Chat takes them. A user id is for machines and shown to everybody: it is made of the
 * source's id, never of a name, address or telephone number (the vendor asks for that, too). What people are called is their
 * nickname.
 */
@ApplicationScoped
public class AgoraNames implements TargetNames {

    static final String SINK = "agora-chat";

    /** Characters of a group's name. */
    static final int MAX_GROUP = 128;

    /** Characters, all of one byte, of a user id. */
    static final int MAX_USER = 64;

    private static final int SUFFIX = 9;
    private static final int HASH = 16;
    private static final int PEOPLE_OF_A_CHAT = 2;
    private static final Pattern USER = Pattern.compile("[a-z0-9_.-]{1,64}");
    private static final Pattern OPAQUE = Pattern.compile("(?=.*[0-9])[A-Z][A-Z0-9]{5,63}");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\s]+");

    @Override
    public String sinkKind() {
        return SINK;
    }

    /** A name out of a map, which comes without a kind, may be anything that is valid. */
    @Override
    public String user(ObjectNode user) {
        var id = user.path("id").asText();
        var folded = id.toLowerCase(Locale.ROOT);
        boolean ofAMap = !user.has("kind");
        if (ofAMap && USER.matcher(folded).matches() || OPAQUE.matcher(id).matches()) {
            return folded;
        }
        return "u-" + Sha256.hex(id, HASH);
    }

    /** One-to-one conversations of two people need no group; one with oneself, or of more, is a private group. */
    @Override
    public Place place(ObjectNode channel, List<String> members) {
        var type = channel.path("type").asText();
        boolean named = type.equals("public") || type.equals("private");
        if (!named && members.size() == PEOPLE_OF_A_CHAT) {
            return new Place("direct", String.join(",", members));
        }
        return new Place(type.equals("public") ? "public" : "private", named ? name(channel) : group(channel, members));
    }

    @Override
    public String distinct(String name, String sourceId) {
        int most = USER.matcher(name).matches() ? MAX_USER : MAX_GROUP;
        return cut(name, most - SUFFIX) + "-" + Sha256.hex(sourceId, SUFFIX - 1);
    }

    private static String name(ObjectNode channel) {
        var name = line(channel.path("name").asText(""));
        return name.isEmpty() ? "c-" + Sha256.hex(channel.path("id").asText(), SUFFIX - 1) : name;
    }

    private static String group(ObjectNode channel, List<String> members) {
        var purpose = line(channel.path("purpose").asText(""));
        if (!purpose.isEmpty()) {
            return purpose;
        }
        var people = line(String.join(", ", members));
        return people.isEmpty() ? name(channel) : people;
    }

    private static String line(String text) {
        return cut(CONTROLS.matcher(text).replaceAll(" ").strip(), MAX_GROUP);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most)
                .strip();
    }
}
