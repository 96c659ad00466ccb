package dev.caravan.connector.mattermost;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a staged payload: a tag byte, a JSON object (or array), a newline. JSON has no raw newline, so a payload is
 * taken apart without being parsed.
 *
 * @param tag a constant of this class, or that of a {@link PostObject.Placed}
 * @param bytes holds the line among others
 * @param from of the JSON
 * @param to after the JSON
 */
record StagedLine(char tag, byte[] bytes, int from, int to) {

    /** The first field of a post. */
    static final String CREATE_AT = "create_at";

    static final char USER = 'U';
    static final char ADMIN = 'A';
    static final char GUEST = 'G';
    static final char BOT = 'B';
    static final char CHANNEL = 'H';
    static final char DIRECT = 'D';
    static final char MEMBERS = 'L';
    static final char EMOJI = 'E';
    static final char FILE = 'F';
    static final char NOTHING = 'N';

    private static final int TIME_FROM = "{\"create_at\":".length();

    static List<StagedLine> of(byte[] payload) {
        var lines = new ArrayList<StagedLine>(2);
        int from = 0;
        while (from < payload.length) {
            int to = from;
            while (payload[to] != '\n') {
                to++;
            }
            lines.add(new StagedLine((char) payload[from], payload, from + 1, to));
            from = to + 1;
        }
        return lines;
    }

    boolean is(PostObject.Placed place) {
        return tag == place.tag();
    }

    /** Of a post: its own create_at, ms. */
    long time() {
        long time = 0;
        for (int i = from + TIME_FROM; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            time = time * 10 + bytes[i] - '0';
        }
        return time;
    }

    int length() {
        return to - from;
    }

    String text() {
        return new String(bytes, from, length(), StandardCharsets.UTF_8);
    }
}
