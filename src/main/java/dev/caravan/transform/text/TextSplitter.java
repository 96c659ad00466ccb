package dev.caravan.transform.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

import com.ibm.icu.text.BreakIterator;

/**
 * Cuts long text into pieces which, joined, are the text again. It cuts behind a newline near the limit, else behind a space,
 * else between graphemes; not inside a link unless the link alone is longer than a piece. A code block that is cut goes on as
 * text in the next piece: repeating its fence would change the text.
 */
public final class TextSplitter {
    /** The share of a piece, at its end, in which a newline or space is looked for. */
    private static final int NEAR = 10;

    private static final List<Character> SEPARATORS = List.of('\n', ' ');

    private TextSplitter() {}

    /**
     * The pieces of a text, at least one.
     *
     * @param maxRunes the most code points a piece may have, at least 1
     */
    public static List<String> split(String text, int maxRunes) {
        if (maxRunes < 1) {
            throw new IllegalArgumentException("a piece must hold at least one code point");
        }
        if (text.length() <= maxRunes || text.codePointCount(0, text.length()) <= maxRunes) {
            return List.of(text);
        }
        return new Cutter(text, maxRunes).pieces();
    }

    private static final class Cutter {
        private final String text;
        private final int maxRunes;
        private final BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        /** Positions inside links, where no cut is allowed; the position before a link is clear. */
        private final BitSet insideLinks = new BitSet();

        Cutter(String text, int maxRunes) {
            this.text = text;
            this.maxRunes = maxRunes;
            CanonicalScanner scanner = new CanonicalScanner(text);
            while (scanner.next()) {
                if (scanner.kind() == CanonicalScanner.Kind.LINK) {
                    insideLinks.set(scanner.start() + 1, scanner.end());
                }
            }
            graphemes.setText(text);
        }

        List<String> pieces() {
            List<String> pieces = new ArrayList<>();
            int from = 0;
            while (text.length() - from > maxRunes && text.codePointCount(from, text.length()) > maxRunes) {
                int cut = cut(from, text.offsetByCodePoints(from, maxRunes));
                pieces.add(text.substring(from, cut));
                from = cut;
            }
            if (from < text.length()) {
                pieces.add(text.substring(from));
            }
            return pieces;
        }

        private int cut(int from, int limit) {
            int link = linkAround(limit);
            int allowed = link > from ? link : limit;
            int near = allowed - (allowed - from) / NEAR;
            for (char separator : SEPARATORS) {
                int cut = text.lastIndexOf(separator, allowed - 1) + 1;
                while (cut > near && (linkAround(cut) >= 0 || !graphemes.isBoundary(cut))) {
                    cut = text.lastIndexOf(separator, cut - 2) + 1;
                }
                if (cut > near) {
                    return cut;
                }
            }
            int boundary = graphemes.isBoundary(allowed) ? allowed : graphemes.preceding(allowed);
            return boundary > from ? boundary : limit;
        }

        /** The start of the link in whose inside the position is, or -1. */
        private int linkAround(int position) {
            return insideLinks.get(position) ? insideLinks.previousClearBit(position) : -1;
        }
    }
}
