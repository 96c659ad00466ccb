package dev.caravan.transform.text;

import java.util.ArrayList;
import java.util.List;

import dev.caravan.transform.text.Inlines.Kind;
import dev.caravan.transform.text.Inlines.Run;

/** Moves white space, and punctuation that would stop a delimiter from counting, out of the styles that begin or end there. */
final class StyleEdges {
    private StyleEdges() {}

    static List<Run> drawIn(List<Run> runs) {
        return withoutPunctuation(withoutSpace(splitSpace(runs)));
    }

    private static List<Run> splitSpace(List<Run> runs) {
        List<Run> pieces = new ArrayList<>(runs.size() + 4);
        for (Run run : runs) {
            if (run.kind() != Kind.TEXT || run.style() == 0) {
                pieces.add(run);
                continue;
            }
            String text = run.content();
            int from = 0;
            int to = text.length();
            while (from < to && isSpace(text.charAt(from))) {
                from++;
            }
            while (to > from && isSpace(text.charAt(to - 1))) {
                to--;
            }
            add(pieces, Kind.SPACE, text.substring(0, from), 0);
            add(pieces, Kind.TEXT, text.substring(from, to), run.style());
            add(pieces, Kind.SPACE, text.substring(to), 0);
        }
        return pieces;
    }

    /** White space keeps only the styles that both of its neighbours have. */
    private static List<Run> withoutSpace(List<Run> pieces) {
        int[] next = new int[pieces.size() + 1];
        for (int i = pieces.size() - 1; i >= 0; i--) {
            next[i] = pieces.get(i).kind() == Kind.SPACE
                    ? next[i + 1]
                    : pieces.get(i).style();
        }
        int previous = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Run piece = pieces.get(i);
            if (piece.kind() == Kind.SPACE) {
                pieces.set(i, piece.withStyle(previous & next[i]));
            } else {
                previous = piece.style();
            }
        }
        return pieces;
    }

    private static List<Run> withoutPunctuation(List<Run> pieces) {
        List<Run> result = new ArrayList<>(pieces.size() + 4);
        for (int i = 0; i < pieces.size(); i++) {
            Run piece = pieces.get(i);
            if (piece.kind() != Kind.TEXT || piece.style() == 0) {
                result.add(piece);
                continue;
            }
            Run before = i == 0 ? null : pieces.get(i - 1);
            Run after = i + 1 == pieces.size() ? null : pieces.get(i + 1);
            String text = piece.content();
            int from = 0;
            int to = text.length();
            if (before != null && endsInLetter(before) && (piece.style() & ~before.style()) != 0) {
                while (from < to && Flanking.isPunctuation(text.codePointAt(from))) {
                    from += Character.charCount(text.codePointAt(from));
                }
            }
            if (after != null && startsWithLetter(after) && (piece.style() & ~after.style()) != 0) {
                while (to > from && Flanking.isPunctuation(text.codePointBefore(to))) {
                    to -= Character.charCount(text.codePointBefore(to));
                }
            }
            add(result, Kind.TEXT, text.substring(0, from), before == null ? 0 : piece.style() & before.style());
            add(result, Kind.TEXT, text.substring(from, to), piece.style());
            add(result, Kind.TEXT, text.substring(to), after == null ? 0 : piece.style() & after.style());
        }
        return result;
    }

    private static boolean endsInLetter(Run run) {
        return run.kind() == Kind.TEXT
                && isLetter(run.content().codePointBefore(run.content().length()));
    }

    private static boolean startsWithLetter(Run run) {
        return run.kind() == Kind.TEXT && isLetter(run.content().codePointAt(0));
    }

    private static boolean isLetter(int codePoint) {
        return !Flanking.isPunctuation(codePoint) && !Flanking.isSpace(codePoint);
    }

    private static boolean isSpace(char c) {
        return Flanking.isSpace(c);
    }

    private static void add(List<Run> pieces, Kind kind, String content, int style) {
        if (!content.isEmpty()) {
            pieces.add(new Run(kind, content, style));
        }
    }
}
