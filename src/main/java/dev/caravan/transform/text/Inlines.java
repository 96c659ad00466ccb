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
        if (text.isEmpty()) {
            return;
        }
        Run last = last();
        if (style == 0 && last != null && last.kind == Kind.TEXT && last.style == 0) {
            runs.set(runs.size() - 1, new Run(Kind.TEXT, last.content + text, 0));
        } else {
            runs.add(new Run(Kind.TEXT, text, style));
        }
    }

    /** A code span. Adjacent spans become one: their backticks would otherwise run together. */
    Inlines code(String code, int style) {
        for (String line : code.split("\n", -1)) {
            Run last = last();
            if (line.isBlank()) {
                text(line, style);
            } else if (last != null && last.kind == Kind.CODE) {
                runs.set(runs.size() - 1, new Run(Kind.CODE, last.content + line, last.style));
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

    private Run last() {
        return runs.isEmpty() ? null : runs.get(runs.size() - 1);
    }

    /** The paragraph as canonical text, without white space around it. */
    String render() {
        if (runs.size() == 1 && runs.get(0).kind == Kind.TEXT && runs.get(0).style == 0) {
            String only = runs.get(0).content.strip();
            if (PlainText.isPlain(only)) {
                return only;
            }
        }
        boolean styled = false;
        for (Run run : runs) {
            styled |= run.style != 0;
        }
        List<Run> pieces = styled ? StyleEdges.drawIn(runs) : runs;
        return new DelimiterWriter().write(pieces).strip();
    }
}
