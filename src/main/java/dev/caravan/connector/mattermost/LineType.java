package dev.caravan.connector.mattermost;

import java.nio.charset.StandardCharsets;

/** The type of a line, without a parse where it stands first, as in every package that we and Mattermost write. */
final class LineType {

    private static final byte[] BEGIN = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);

    private LineType() {}

    /** Null when only a parse can tell. */
    static String of(byte[] line) {
        if (line.length < BEGIN.length) {
            return null;
        }
        for (int i = 0; i < BEGIN.length; i++) {
            if (line[i] != BEGIN[i]) {
                return null;
            }
        }
        int end = BEGIN.length;
        while (end < line.length && line[end] != '"') {
            end++;
        }
        return new String(line, BEGIN.length, end - BEGIN.length, StandardCharsets.UTF_8);
    }
}
