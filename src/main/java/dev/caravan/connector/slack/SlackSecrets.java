package dev.caravan.connector.slack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes credentials out of bytes before anything else sees them. An export's file links carry its token
 * ({@code ?t=xoxe-...}) and public links their secret ({@code pub_secret=...},
 * {@code slack-files.com/T...-F...-secret}); people also paste tokens into messages.
 */
final class SlackSecrets {

    static final String MARKER = "caravan-redacted";

    private static final byte[] MARKER_BYTES = ascii(MARKER);
    private static final byte[] TOKEN = ascii("xox");
    private static final byte[] PUB_SECRET = ascii("pub_secret=");
    private static final byte[] PUBLIC_HOST = ascii("slack-files.com");
    private static final int SHORTEST_TOKEN = "xoxb-1".length();
    private static final int PUBLIC_LINK_DASHES = 2;

    private SlackSecrets() {}

    /** The same array when there is nothing to hide. */
    static byte[] redact(byte[] raw) {
        ByteArrayOutputStream clean = null;
        int copied = 0;
        for (int i = 0; i < raw.length; i++) {
            byte b = raw[i];
            if (b != 'x' && b != 'p' && b != 's') {
                continue;
            }
            int from = secretStart(raw, i, b);
            if (from < 0) {
                continue;
            }
            int to = wordEnd(raw, from);
            if (clean == null) {
                clean = new ByteArrayOutputStream(raw.length);
            }
            clean.write(raw, copied, from - copied);
            clean.writeBytes(MARKER_BYTES);
            copied = to;
            i = to - 1;
        }
        if (clean == null) {
            return raw;
        }
        clean.write(raw, copied, raw.length - copied);
        return clean.toByteArray();
    }

    private static int secretStart(byte[] raw, int at, byte first) {
        return switch (first) {
            case 'x' -> isToken(raw, at) ? at : -1;
            case 'p' -> starts(raw, at, PUB_SECRET) ? filled(raw, at + PUB_SECRET.length) : -1;
            default -> starts(raw, at, PUBLIC_HOST) ? publicSecret(raw, at + PUBLIC_HOST.length) : -1;
        };
    }

    private static boolean isToken(byte[] raw, int at) {
        return starts(raw, at, TOKEN)
                && wordEnd(raw, at) - at >= SHORTEST_TOKEN
                && isLower(raw[at + TOKEN.length])
                && (raw[at + TOKEN.length + 1] == '-' || isRotated(raw, at + TOKEN.length + 1));
    }

    /** Of {@code /T024BE7LD-F024BERPE-8004f909b1} the last part; the slash may be written {@code \/}. */
    private static int publicSecret(byte[] raw, int behindHost) {
        int at = behindHost;
        while (at < raw.length && (raw[at] == '\\' || raw[at] == '/')) {
            at++;
        }
        int end = wordEnd(raw, at);
        int dashes = 0;
        for (int i = at; i < end; i++) {
            if (raw[i] == '-' && ++dashes == PUBLIC_LINK_DASHES) {
                return filled(raw, i + 1);
            }
        }
        return -1;
    }

    private static int filled(byte[] raw, int from) {
        return wordEnd(raw, from) > from ? from : -1;
    }

    private static int wordEnd(byte[] raw, int from) {
        int at = from;
        while (at < raw.length && isWord(raw[at])) {
            at++;
        }
        return at;
    }

    private static boolean isWord(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_' || b == '.';
    }

    private static boolean isLower(byte b) {
        return b >= 'a' && b <= 'z';
    }

    /** {@code xoxe.xoxp-...}, as rotated tokens are written. */
    private static boolean isRotated(byte[] raw, int at) {
        return raw[at] == '.' && starts(raw, at + 1, TOKEN);
    }

    private static boolean starts(byte[] raw, int at, byte[] word) {
        if (at + word.length > raw.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (raw[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
