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
        return texts != null && (charset.name().equals("GB18030") ? chinese(texts) : western(texts));
    }

    private static boolean chinese(List<String> texts) {
        int all = 0;
        int good = 0;
        for (int c : texts.stream()
                .flatMapToInt(String::codePoints)
                .filter(c -> c >= 0x80)
                .toArray()) {
            all++;
            good += CommonCharacters.INSTANCE.contains(c) ? 1 : 0;
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
            boolean accented = c >= 0x80 && Character.isLetter(c);
            together = accented ? together + 1 : 0;
            if (c >= 0x80 && !Utf8.plausible(c) || together > 2) {
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
        return plainLetter(text, at - 1)
                || plainLetter(text, at + 1)
                || plainLetter(text, at - 2)
                || plainLetter(text, at + 2);
    }

    private static boolean plainLetter(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char c = Character.toLowerCase(text.charAt(at));
        return c >= 'a' && c <= 'z';
    }
}
