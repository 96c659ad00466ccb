package dev.caravan.connector.matrix;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibm.icu.text.Transliterator;
import dev.caravan.model.Sha256;
import dev.caravan.transform.link.TargetNames;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Names for Matrix. Of a person the localpart behind the prefix: {@code [a-z0-9._=/-]}, transliterated where it is not;
 * the name itself becomes the display name. Of a room the alias behind the prefix, which takes any script but neither
 * spaces nor colons. A whole user id of the user map stays as it is.
 *
 * @see <a href="https://spec.matrix.org/v1.11/appendices/#identifier-grammar">Identifier grammar</a>
 */
@ApplicationScoped
public class MatrixNames implements TargetNames {

    static final String SINK = "matrix";

    /** More people than this talk in a room of its own rather than in a direct conversation. */
    static final int MAX_DIRECT = 20;

    /** An identifier has at most 255 bytes, with prefix and server; a server name may take half of them. */
    private static final int MAX_USER = 80;

    private static final int MAX_ALIAS_BYTES = 100;
    private static final int HASH = 8;
    private static final Pattern USER = Pattern.compile("[a-z0-9][a-z0-9._=/-]{0,79}");
    private static final Pattern WHOLE_ID = Pattern.compile("@[!-9;-~]+:[A-Za-z0-9.:\\[\\]-]+");
    private static final Pattern NOT_USER = Pattern.compile("[^a-z0-9]*[^a-z0-9._=/-][^a-z0-9]*");
    private static final Pattern NOT_ALIAS = Pattern.compile("[\\s:#,/\\p{Cntrl}]+");

    private final Transliterator toAscii = Transliterator.getInstance("Any-Latin; Latin-ASCII");

    @Override
    public String sinkKind() {
        return SINK;
    }

    @Override
    public String user(ObjectNode user) {
        for (String field : List.of("name", "displayName")) {
            String name = userName(user.path(field).asText(""));
            if (!name.isEmpty()) {
                return name;
            }
        }
        return "u-" + hash(user.path("id").asText());
    }

    @Override
    public Place place(ObjectNode channel, List<String> members) {
        String type = channel.path("type").asText();
        boolean named = type.equals("public") || type.equals("private");
        if (!named && !members.isEmpty() && members.size() <= MAX_DIRECT) {
            return new Place("direct", String.join(",", members));
        }
        String name = alias(channel.path("name").asText(""));
        return new Place(
                type.equals("public") ? "public" : "private",
                name.isEmpty() ? "c-" + hash(channel.path("id").asText()) : name);
    }

    @Override
    public String distinct(String name, String sourceId) {
        return name + "-" + hash(sourceId);
    }

    private String userName(String source) {
        if (USER.matcher(source).matches() || WHOLE_ID.matcher(source).matches()) {
            return source;
        }
        boolean plain = source.chars().allMatch(c -> c < 0x80);
        String ascii = (plain ? source : toAscii.transliterate(source)).toLowerCase(Locale.ROOT);
        String name = NOT_USER.matcher(ascii).replaceAll(".").replaceAll("^[._=/-]+|[._=/-]+$", "");
        return name.length() <= MAX_USER ? name : name.substring(0, MAX_USER);
    }

    /** Composed, so that two spellings of one name that look alike are one name, and get told apart by a suffix. */
    private static String alias(String source) {
        String name = NOT_ALIAS
                .matcher(Normalizer.normalize(source, Normalizer.Form.NFC))
                .replaceAll("-")
                .replaceAll("^[~-]+|-+$", "");
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_ALIAS_BYTES) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }

    private static String hash(String text) {
        return Sha256.hex(text, HASH);
    }
}
