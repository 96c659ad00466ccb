package dev.caravan.transform.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The inline content of one paragraph as styled runs, and its canonical CommonMark.
 *
 * <p>Platforms style runs of characters, CommonMark pairs delimiters whose neighbours decide whether they count
 * (flanking, section 6.2 of its specification). Styles are therefore drawn in at their edges - white space and, beside a
 * letter, punctuation leave the style - and what still could not be paired is left out: the letters always survive.
 */
final class Inlines {
    static final int BOLD = 1;
    static final int ITALIC = 2;
    static final int STRIKE = 4;

    /** What a run holds: literal text, white space, a line break, or markup that is written as it is. */
    enum Kind {
        TEXT,
        SPACE,
        BREAK,
        CODE,
        LINK
    }

    record Run(Kind kind, String content, int style) {
        Run withStyle(int other) {
            return new Run(kind, content, other);
        }
    }

    private final List<Run> runs = new ArrayList<>();

    Inlines text(String text, int style) {
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            line(text.substring(from, end), style);
            runs.add(new Run(Kind.BREAK, "\n", 0));
            from = end + 1;
        }
        line(text.substring(from), style);
        return this;
    }

    private void line(String text, int style) {
        if (!text.isEmpty()) {
            runs.add(new Run(Kind.TEXT, text, style));
        }
    }

    Inlines code(String code, int style) {
        for (String line : code.split("\n", -1)) {
            if (line.isBlank()) {
                text(line, style);
            } else {
                runs.add(new Run(Kind.CODE, line, style));
            }
            runs.add(new Run(Kind.BREAK, "\n", 0));
        }
        runs.remove(runs.size() - 1);
        return this;
    }

    /** A link, autolink or image, already written as canonical markup. */
    Inlines link(String markup, int style) {
        runs.add(new Run(Kind.LINK, markup, style));
        return this;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** The paragraph as canonical text, without white space around it. */
    String render() {
        List<Run> joined = joined();
        if (joined.size() == 1 && joined.get(0).kind == Kind.TEXT && joined.get(0).style == 0) {
            String only = joined.get(0).content.strip();
            if (PlainText.isPlain(only)) {
                return only;
            }
        }
        boolean styled = false;
        for (Run run : joined) {
            styled |= run.style != 0;
        }
        return new DelimiterWriter()
                .write(styled ? StyleEdges.drawIn(joined) : joined)
                .strip();
    }

    /** Text without a style becomes one run; adjacent code spans too: their backticks would otherwise run together. */
    private List<Run> joined() {
        List<Run> joined = new ArrayList<>(runs.size());
        for (int i = 0; i < runs.size(); ) {
            Run first = runs.get(i++);
            if (i == runs.size() || !joins(first, runs.get(i))) {
                joined.add(first);
                continue;
            }
            StringBuilder content = new StringBuilder(first.content);
            while (i < runs.size() && joins(first, runs.get(i))) {
                content.append(runs.get(i++).content);
            }
            joined.add(new Run(first.kind, content.toString(), first.style));
        }
        return joined;
    }

    private static boolean joins(Run first, Run next) {
        return first.kind == next.kind
                && (next.kind == Kind.CODE || next.kind == Kind.TEXT && first.style == 0 && next.style == 0);
    }
}
