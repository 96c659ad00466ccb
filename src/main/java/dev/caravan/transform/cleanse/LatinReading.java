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

    private static final int LONGEST = 4;
    private static final int SURE_PROOFS = 3;
    private static final int SURE_WHOLE = 3;
    private static final char LOST = '\ufffd';

    /** Before what is a non-breaking space in an "a" with a grave accent, and was made a plain one. */
    private static final int A_TILDE = 0xc3;

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
        if (decoded == null) {
            return lossy(text);
        }
        if (decoded.length() == text.length()) {
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

    /**
     * A text some bytes of which no program could show, so that they became U+FFFD, a question mark or a plain space. That it
     * is one is sure only when most of it is sequences that people do not write, and every other sign is such a loss.
     */
    private Mojibake.Verdict lossy(String text) {
        var proposal = new StringBuilder(text.length());
        int whole = 0;
        int proofs = 0;
        int lost = 0;
        for (int i = 0; i < text.length(); i++) {
            int lead = toByte(text.charAt(i));
            int length = lead >= 0x80 ? sequence(text, i) : 0;
            if (length > 0) {
                var decoded = Utf8.decode(toBytes(text.substring(i, i + length)));
                if (decoded == null || !decoded.codePoints().allMatch(Utf8::plausible)) {
                    return Mojibake.Verdict.CLEAN;
                }
                whole++;
                proofs += proves(text, i, length) ? 1 : 0;
                proposal.append(decoded);
                i += length - 1;
            } else if (lead >= 0 && lead < 0x80) {
                proposal.append(text.charAt(i));
            } else {
                int end = endOfLoss(text, i);
                if (end < 0) {
                    return Mojibake.Verdict.CLEAN;
                }
                lost++;
                proposal.append('\ufffd');
                i = end - 1;
            }
        }
        boolean sure = proofs >= SURE_PROOFS && whole >= SURE_WHOLE * lost;
        return sure && lost > 0 ? Mojibake.Verdict.lost(proposal.toString()) : Mojibake.Verdict.CLEAN;
    }

    private int sequence(String text, int at) {
        int end = at;
        while (end < text.length() && end < at + LONGEST && toByte(text.charAt(end)) >= 0) {
            end++;
        }
        return Utf8.sequence(toBytes(text.substring(at, end)), 0);
    }

    /** Behind the beginning of a sequence whose rest is not there, and the sign that stands for the rest; -1 for anything else. */
    private int endOfLoss(String text, int at) {
        int end = at;
        if (text.charAt(at) != LOST) {
            int lead = toByte(text.charAt(at));
            if (lead < 0xc2 || lead > 0xf4) {
                return -1;
            }
            end++;
            while (end < text.length() && continues(text.charAt(end))) {
                end++;
            }
            boolean replaced = end < text.length() && (text.charAt(end) == LOST || text.charAt(end) == '?');
            boolean blank = lead == A_TILDE && end == at + 1 && (end == text.length() || text.charAt(end) == ' ');
            if (!replaced && !blank) {
                return -1;
            }
            // The plain space in the place of the other is seen only where a second one follows.
            end += blank && end + 1 < text.length() && text.charAt(end + 1) == ' ' ? 1 : 0;
        }
        while (end < text.length() && (text.charAt(end) == LOST || text.charAt(end) == '?')) {
            end++;
        }
        return end;
    }

    private boolean continues(char c) {
        int b = toByte(c);
        return b >= 0x80 && b < 0xc0;
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
