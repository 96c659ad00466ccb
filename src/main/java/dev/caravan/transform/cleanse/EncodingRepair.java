package dev.caravan.transform.cleanse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads records that are not UTF-8 as GB 18030 or windows-1252. Quotation marks part a record into stretches, as no
 * second byte of GB 18030 is one; stretches that are valid UTF-8 stay, all others must be one encoding, without loss,
 * and make a text somebody would write. What two encodings explain stays unread.
 */
final class EncodingRepair implements ByteRepair {

    static final List<String> ENCODINGS = List.of("gb18030", "windows-1252");

    private static final double MOSTLY = 0.8;

    /** The signs of windows-1252 that are in use; the others (a lone diaeresis, a dagger) speak against it. */
    private static final String SIGNS =
            "\u2026\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u201a\u2039\u203a\u00ab\u00bb\u00a0\u2022\u20ac\u2122"
                    + "\u00a9\u00ae\u00b0\u00b1\u00b2\u00b3\u00b4\u00b7\u00ba\u00aa\u00a7\u00a1\u00bf\u00bc\u00bd\u00be\u00a3\u00d7";

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Rule rule;
    private final List<Charset> charsets;

    /** @param rule may be null: then nothing is repaired */
    EncodingRepair(Rule rule) {
        this.rule = rule;
        this.charsets = rule == null
                ? List.of()
                : Settings.of(rule).words("encodings", ENCODINGS).stream()
                        .map(Charset::forName)
                        .toList();
    }

    @Override
    public Optional<Repaired> repair(byte[] raw) {
        if (rule == null || rule.action() == Action.REFUSE) {
            return Optional.empty();
        }
        var stretches = stretches(raw);
        var wrong = stretches.stream().filter(s -> Utf8.decode(s) == null).toList();
        var right =
                charsets.stream().filter(charset -> plausible(wrong, charset)).toList();
        return right.size() == 1
                ? Optional.of(new Repaired(join(stretches, right.get(0)), rule.id()))
                : Optional.empty();
    }

    @Override
    public String proposal(byte[] raw) {
        var wrong = stretches(raw).stream().filter(s -> Utf8.decode(s) == null).toList();
        var lossless = charsets.stream()
                .filter(charset -> texts(wrong, charset) != null)
                .map(charset -> charset.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
        return lossless.isEmpty()
                ? "not valid UTF-8, nor any encoding the rules name"
                : "not valid UTF-8; could be read as " + lossless + " without loss, but not surely";
    }

    private static List<byte[]> stretches(byte[] raw) {
        var stretches = new ArrayList<byte[]>();
        int from = Arrays.equals(raw, 0, Math.min(3, raw.length), MARK, 0, 3) ? 3 : 0;
        for (int i = from; i <= raw.length; i++) {
            if (i == raw.length || raw[i] == '"') {
                stretches.add(Arrays.copyOfRange(raw, from, i));
                from = i + 1;
            }
        }
        return stretches;
    }

    private static byte[] join(List<byte[]> stretches, Charset charset) {
        var joined = new ByteArrayOutputStream();
        for (var stretch : stretches) {
            if (stretch != stretches.get(0)) {
                joined.write('"');
            }
            joined.writeBytes(
                    Utf8.decode(stretch) != null
                            ? stretch
                            : Utf8.decode(stretch, charset).getBytes(StandardCharsets.UTF_8));
        }
        return joined.toByteArray();
    }

    /** The stretches as text, null when one cannot be read and written back to the same bytes. */
    private static List<String> texts(List<byte[]> stretches, Charset charset) {
        var texts = new ArrayList<String>();
        for (var stretch : stretches) {
            var text = Utf8.decode(stretch, charset);
            if (text == null || !Arrays.equals(Utf8.encode(text, charset), stretch)) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }

    private static boolean plausible(List<byte[]> stretches, Charset charset) {
        var texts = texts(stretches, charset);
        if (texts == null) {
            return false;
        }
        return charset.name().equals("GB18030")
                ? chinese(texts)
                : stretches.stream().noneMatch(EncodingRepair::partlyUtf8) && western(texts);
    }

    /** UTF-8 that was cut or damaged; no western text has these bytes. */
    private static boolean partlyUtf8(byte[] stretch) {
        for (int i = 0; i < stretch.length; i++) {
            if (stretch[i] < 0 && Utf8.sequence(stretch, i) > 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean chinese(List<String> texts) {
        int all = 0;
        int good = 0;
        for (int c : texts.stream()
                .flatMapToInt(String::codePoints)
                .filter(c -> c >= 0x80)
                .toArray()) {
            all++;
            good += CommonCharacters.INSTANCE.simplified(c) ? 1 : 0;
            if (!Utf8.plausible(c)) {
                return false;
            }
        }
        return good >= MOSTLY * all;
    }

    private static boolean western(List<String> texts) {
        return texts.stream().allMatch(EncodingRepair::western);
    }

    /** Accented letters stand in words: next to a plain letter, at most two together, no capital after a small one. */
    private static boolean western(String text) {
        int together = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean accented = accented(c);
            together = accented ? together + 1 : 0;
            boolean known =
                    c < 0x80 ? c >= 0x20 || c == '\n' || c == '\r' || c == '\t' : accented || SIGNS.indexOf(c) >= 0;
            if (!known || together > 2) {
                return false;
            }
            if (accented
                    && (!inWord(text, i)
                            || Character.isUpperCase(c) && i > 0 && Character.isLowerCase(text.charAt(i - 1)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean inWord(String text, int at) {
        return inWord(text, at, -1) || inWord(text, at, 1);
    }

    /** The neighbour on one side is a plain letter, or an accented one with a plain one behind it. */
    private static boolean inWord(String text, int at, int side) {
        int next = at + side;
        boolean accented = next >= 0 && next < text.length() && accented(text.charAt(next));
        return plainLetter(text, next) || accented && plainLetter(text, next + side);
    }

    private static boolean accented(char c) {
        return c >= 0x80 && Character.isLetter(c);
    }

    private static boolean plainLetter(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char c = Character.toLowerCase(text.charAt(at));
        return c >= 'a' && c <= 'z';
    }
}
