package dev.caravan.connector.mattermost;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibm.icu.text.Transliterator;
import dev.caravan.transform.link.TargetNames;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Names as Mattermost's bulk import takes them. A name that is valid already stays as it is; any other is
 * transliterated (Han to pinyin), freed of what is not allowed and cut at a word.
 */
@ApplicationScoped
public class MattermostNames implements TargetNames {

    static final String SINK = "mattermost-bulk";

    /** Bytes, of user and of channel names; both are ASCII. */
    static final int MAX_NAME = 64;

    /** A group conversation has at most this many members. */
    static final int MAX_DIRECT = 8;

    private static final int SUFFIX = 9;
    private static final Pattern USER = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}[a-z0-9]");
    private static final Pattern NOT_USER = Pattern.compile("[._-]*[^a-z0-9._-][^a-z0-9]*");
    private static final Pattern NOT_CHANNEL = Pattern.compile("[_-]*[^a-z0-9_-][^a-z0-9]*");

    /** The server refuses the first four; a person called {@code here} could not be told from the mention. */
    private static final Set<String> RESERVED = Set.of("all", "channel", "matterbot", "system", "here");

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
        return "u-" + Digests.hash8(user.path("id").asText());
    }

    @Override
    public Place place(ObjectNode channel, List<String> members) {
        String type = channel.path("type").asText();
        boolean named = type.equals("public") || type.equals("private");
        if (!named && !members.isEmpty() && members.size() <= MAX_DIRECT) {
            return new Place("direct", String.join(",", members));
        }
        return new Place(type.equals("public") ? "public" : "private", named ? name(channel) : group(channel, members));
    }

    @Override
    public String distinct(String name, String sourceId) {
        return cut(name, MAX_NAME - SUFFIX) + "-" + Digests.hash8(sourceId);
    }

    static boolean isUserName(String name) {
        return USER.matcher(name).matches() && !RESERVED.contains(name);
    }

    static boolean isChannelName(String name) {
        return CHANNEL.matcher(name).matches();
    }

    private String name(ObjectNode channel) {
        String name = channelName(channel.path("name").asText(""));
        return name.isEmpty() ? "c-" + Digests.hash8(channel.path("id").asText()) : name;
    }

    /** A group too large for Mattermost: its purpose says best what it was for. */
    private String group(ObjectNode channel, List<String> members) {
        for (String source : List.of(channel.path("purpose").asText(""), String.join("-", members))) {
            String name = channelName(source);
            if (!name.isEmpty()) {
                return name;
            }
        }
        return name(channel);
    }

    private String userName(String source) {
        if (isUserName(source)) {
            return source;
        }
        String name = cut(NOT_USER.matcher(ascii(source)).replaceAll("."), MAX_NAME);
        return RESERVED.contains(name) ? name + "-" + Digests.hash8(source) : name;
    }

    private String channelName(String source) {
        if (isChannelName(source)) {
            return source;
        }
        String name = cut(NOT_CHANNEL.matcher(ascii(source)).replaceAll("-"), MAX_NAME);
        return name.length() == 1 ? name + "-" + Digests.hash8(source) : name;
    }

    private String ascii(String source) {
        boolean plain = source.chars().allMatch(c -> c < 0x80);
        return (plain ? source : toAscii.transliterate(source)).toLowerCase(Locale.ROOT);
    }

    /** Cuts at a word when that keeps more than half; no separator is left at either end. */
    private static String cut(String name, int limit) {
        String trimmed = trim(name);
        if (trimmed.length() <= limit) {
            return trimmed;
        }
        int end = limit;
        if (!separates(trimmed.charAt(limit))) {
            int word = limit - 1;
            while (word > limit / 2 && !separates(trimmed.charAt(word))) {
                word--;
            }
            end = word > limit / 2 ? word : limit;
        }
        return trim(trimmed.substring(0, end));
    }

    private static String trim(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && separates(name.charAt(from))) {
            from++;
        }
        while (to > from && separates(name.charAt(to - 1))) {
            to--;
        }
        return name.substring(from, to);
    }

    private static boolean separates(char c) {
        return c == '.' || c == '-' || c == '_';
    }
}
