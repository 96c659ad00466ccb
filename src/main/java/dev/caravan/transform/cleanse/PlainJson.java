package dev.caravan.transform.cleanse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether the bytes of a JSON record prove that every string in it is plain ASCII without control characters: no byte
 * above 7e, and no escape but those of quotation mark, slash, backslash, newline and tab. Eight bytes at a time, several
 * times faster than a walk through the tree.
 */
final class PlainJson {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private PlainJson() {}

    /** False for anything but JSON, and wherever a closer look is needed. */
    static boolean proves(byte[] raw) {
        if (raw == null || raw.length == 0 || (raw[0] != '{' && raw[0] != '[')) {
            return false;
        }
        int i = 0;
        while (i < raw.length) {
            if (i + Long.BYTES <= raw.length && plain((long) LONGS.get(raw, i))) {
                i += Long.BYTES;
                continue;
            }
            // An escape at the end of these bytes takes one of the next with it.
            int end = Math.min(i + Long.BYTES, raw.length);
            while (i < end) {
                int c = raw[i];
                if (c == '\\') {
                    if (i + 1 == raw.length || !harmless(raw[i + 1])) {
                        return false;
                    }
                    i += 2;
                } else if (c < 0x20 ? c != '\n' && c != '\t' && c != '\r' : c == 0x7f) {
                    return false;
                } else {
                    i++;
                }
            }
        }
        return true;
    }

    private static boolean harmless(byte escaped) {
        return escaped == 'n' || escaped == '"' || escaped == '/' || escaped == '\\' || escaped == 't';
    }

    /** No byte negative, below a space, a backslash or 7f; exact but for bytes right after such a one. */
    private static boolean plain(long bytes) {
        long below = (bytes - 0x20 * ONES) & ~bytes;
        long slashes = bytes ^ ('\\' * ONES);
        long deletes = bytes ^ (0x7f * ONES);
        return ((bytes | below | (slashes - ONES) & ~slashes | (deletes - ONES) & ~deletes) & HIGH) == 0;
    }
}
