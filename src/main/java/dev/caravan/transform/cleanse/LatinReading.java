package dev.caravan.transform.cleanse;

import java.nio.charset.Charset;

/**
 * UTF-8 read as Latin-1 or windows-1252: "cafÃ©". Every character of such a text stands for one byte, and every
 * accented letter begins a sequence. Texts in capitals with typographic punctuation can look the same ("MANHÃ…"), so at
 * least one sequence must be of a kind that people do not write.
 */
final class LatinReading implements Mojibake.Reading {

    /** Signs that people do put behind an accented letter; they prove nothing. */
    private static final String ORDINARY =
            "\u2026\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u201a\u2039\u203a\u00ab\u00bb\u00a0\u2022\u2122"
                    + "\u00a9\u00ae\u00b0\u20ac\u00b2\u00b3\u00b9\u00b7\u00ba\u00aa\u0152\u0153\u0160\u0161\u017d\u017e\u0178\u00a7\u00a1\u00bf\u00b4";

    /** Those of them that never stand between a letter and a letter. */
    private static final String NOT_INSIDE_WORDS =
            "\u00a9\u00ae\u00b0\u00b2\u00b3\u00b9\u00ba\u00aa\u00a7\u00a1\u00bf\u00b4";

    private final byte[] specials = new byte[0x2200];

    LatinReading() {
        var windows = Charset.forName("windows-1252");
        for (int b = 0x80; b < 0xa0; b++) {
            char c = new String(new byte[] {(byte) b}, windows).charAt(0);
            if (c != '\ufffd') {
                specials[c] = (byte) b;
            }
        }
    }

    @Override
    public boolean suspects(String text, int firstNonAscii) {
        int lead = toByte(text.charAt(firstNonAscii));
        if (lead < 0xc2 || lead > 0xf4 || firstNonAscii + 1 == text.length()) {
            return false;
        }
        int next = toByte(text.charAt(firstNonAscii + 1));
        return next >= 0x80 && next < 0xc0;
    }

    @Override
    public Mojibake.Verdict judge(String text) {
        var bytes = toBytes(text);
        var decoded = bytes == null ? null : Utf8.decode(bytes);
        if (decoded == null || decoded.length() == text.length()) {
            return Mojibake.Verdict.CLEAN;
        }
        if (!decoded.codePoints().allMatch(c -> c < 0x80 || Utf8.plausible(c))) {
            return Mojibake.Verdict.LEFT;
        }
        boolean evidence = false;
        for (int i = 0; i < bytes.length; i++) {
            int length = bytes[i] < 0 ? Utf8.sequence(bytes, i) : 0;
            if (length > 0) {
                if (length == 2 && !alphabet(bytes, i)) {
                    return Mojibake.Verdict.LEFT;
                }
                evidence |= proves(text, i, length);
                i += length - 1;
            }
        }
        return evidence ? Mojibake.Verdict.repaired(decoded) : Mojibake.Verdict.LEFT;
    }

    /** Two bytes reach rare blocks, too (IPA, Syriac, Thaana); a text of these is taken for chance. */
    private static boolean alphabet(byte[] bytes, int at) {
        int c = (bytes[at] & 0x1f) << 6 | bytes[at + 1] & 0x3f;
        return c >= 0xa0 && c < 0x180
                || c >= 0x1a0 && c <= 0x1b0
                || c >= 0x1cd && c <= 0x1dc
                || c >= 0x218 && c <= 0x21b
                || c >= 0x300 && c < 0x530
                || c >= 0x5d0 && c <= 0x5ea
                || c >= 0x600 && c < 0x700;
    }

    private static boolean proves(String text, int at, int length) {
        char lead = text.charAt(at);
        char second = text.charAt(at + 1);
        return switch (length) {
            case 2 -> ORDINARY.indexOf(second) < 0
                    || lead == '\u00c2' && second < '\u00c0' && (digitAt(text, at - 1) || plainAt(text, at + 2))
                    || Character.isUpperCase(lead) && lowerAt(text, at - 1)
                    || NOT_INSIDE_WORDS.indexOf(second) >= 0 && lowerAt(text, at + 2);
            case 3 -> lead == '\u00e2' && second == '\u20ac'
                    || ORDINARY.indexOf(second) < 0
                    || ORDINARY.indexOf(text.charAt(at + 2)) < 0;
            default -> lead == '\u00f0';
        };
    }

    private static boolean lowerAt(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z';
    }

    private static boolean digitAt(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static boolean plainAt(String text, int at) {
        return at < text.length() && text.charAt(at) < 0x80 && Character.isLetterOrDigit(text.charAt(at));
    }

    private byte[] toBytes(String text) {
        var bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            int b = toByte(text.charAt(i));
            if (b < 0) {
                return null;
            }
            bytes[i] = (byte) b;
        }
        return bytes;
    }

    /** Latin-1 and windows-1252 at once, as browsers read it; -1 for a character of neither. */
    private int toByte(char c) {
        if (c < 0x100) {
            return c;
        }
        return c < specials.length && specials[c] != 0 ? specials[c] & 0xff : -1;
    }
}
