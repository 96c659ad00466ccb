package dev.caravan.transform.cleanse;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Strict decoding: null where a lenient decoder would put a replacement character. */
final class Utf8 {

    private Utf8() {}

    static String decode(byte[] bytes) {
        return decode(bytes, StandardCharsets.UTF_8);
    }

    static String decode(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    static byte[] encode(String text, Charset charset) {
        try {
            ByteBuffer buffer = charset.newEncoder().encode(CharBuffer.wrap(text));
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Length of the multi-byte sequence that begins here, 0 when none does. Overlong forms are left to the decoder. */
    static int sequence(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        int length = lead >= 0xc2 && lead <= 0xdf
                ? 2
                : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    static boolean plausible(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.UNASSIGNED
                && type != Character.CONTROL
                && type != Character.PRIVATE_USE
                && type != Character.SURROGATE
                && codePoint != 0xfffd;
    }
}
