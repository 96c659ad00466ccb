package dev.caravan.transform.text;

import java.util.ArrayList;
import java.util.List;

import dev.caravan.transform.text.Inlines.Kind;
import dev.caravan.transform.text.Inlines.Run;

/**
 * Writes runs and puts delimiters between them: strikethrough outside, bold within it, italic innermost. The text is
 * written first; then each pair of delimiters is kept only if both count where they stand, given all others that are kept.
 */
final class DelimiterWriter {
    private static final int[] OUTSIDE_IN = {Inlines.STRIKE, Inlines.BOLD, Inlines.ITALIC};
    /** Removing a pair changes its neighbours' surroundings; text that does not settle in so many rounds loses its styles. */
    private static final int MAX_ROUNDS = 8;

    private final StringBuilder text = new StringBuilder();
    private final List<Mark> marks = new ArrayList<>();
    private final Mark[] open = new Mark[OUTSIDE_IN.length];

    private static final class Mark {
        final int position;
        final boolean opening;
        final boolean insideBold;
        char delimiter;
        int length;
        Mark partner;
        boolean dropped;

        Mark(int position, boolean opening, int style, boolean insideBold) {
            this.position = position;
            this.opening = opening;
            this.insideBold = insideBold;
            this.delimiter = style == Inlines.STRIKE ? '~' : style == Inlines.BOLD ? '*' : '_';
            this.length = style == Inlines.ITALIC ? 1 : 2;
        }
    }

    String write(List<Run> runs) {
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            changeStyle(run.style());
            boolean beforeLink = i + 1 < runs.size() && runs.get(i + 1).kind() == Kind.LINK;
            switch (run.kind()) {
                case TEXT, SPACE -> appendText(run.content(), beforeLink);
                case CODE -> appendCode(run.content());
                default -> text.append(run.content());
            }
        }
        changeStyle(0);
        return marks.isEmpty() ? text.toString() : withDelimiters();
    }

    private void appendText(String content, boolean beforeLink) {
        int start = skipBack(text.length(), false);
        boolean atLineStart = start == 0 || text.charAt(start - 1) == '\n';
        if (!atLineStart && (content.charAt(0) == '.' || content.charAt(0) == ')')) {
            int number = skipBack(skipBack(text.length(), true), false);
            if (number == 0 || text.charAt(number - 1) == '\n') {
                text.append('\\');
            }
        }
        PlainText.append(text, content, atLineStart, beforeLink);
    }

    private int skipBack(int from, boolean digits) {
        int i = from;
        while (i > 0 && (digits ? Character.isDigit(text.charAt(i - 1)) : text.charAt(i - 1) == ' ')) {
            i--;
        }
        return i;
    }

    private void changeStyle(int style) {
        int keep = 0;
        while (keep < open.length && (open[keep] != null) == ((style & OUTSIDE_IN[keep]) != 0)) {
            keep++;
        }
        for (int i = open.length - 1; i >= keep; i--) {
            if (open[i] != null) {
                Mark closing = new Mark(text.length(), false, OUTSIDE_IN[i], open[i].insideBold);
                closing.partner = open[i];
                open[i].partner = closing;
                marks.add(closing);
                open[i] = null;
            }
        }
        for (int i = keep; i < open.length; i++) {
            if ((style & OUTSIDE_IN[i]) != 0) {
                open[i] = new Mark(text.length(), true, OUTSIDE_IN[i], (style & Inlines.BOLD) != 0);
                marks.add(open[i]);
            }
        }
    }

    private void appendCode(String code) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < code.length(); i++) {
            run = code.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        boolean edgeTick = code.startsWith("`") || code.endsWith("`");
        boolean strippable = code.startsWith(" ") && code.endsWith(" ");
        String pad = edgeTick || strippable ? " " : "";
        String fence = "`".repeat(longest + 1);
        text.append(fence).append(pad).append(code).append(pad).append(fence);
    }

    private String withDelimiters() {
        int rounds = 0;
        while (!settle()) {
            if (++rounds == MAX_ROUNDS) {
                return text.toString();
            }
        }
        StringBuilder out = new StringBuilder(text.length() + marks.size() * 2);
        int from = 0;
        for (Mark mark : marks) {
            out.append(text, from, mark.position);
            from = mark.position;
            for (int i = 0; !mark.dropped && i < mark.length; i++) {
                out.append(mark.delimiter);
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    private boolean settle() {
        boolean settled = true;
        marks.removeIf(mark -> mark.dropped);
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            if (!mark.dropped && !counts(i)) {
                settled = false;
                if (mark.delimiter == '_' && !mark.insideBold) {
                    mark.delimiter = '*';
                    mark.partner.delimiter = '*';
                } else {
                    mark.dropped = true;
                    mark.partner.dropped = true;
                }
            }
        }
        return settled;
    }

    private boolean counts(int index) {
        Mark mark = marks.get(index);
        Mark previous = index == 0 ? null : marks.get(index - 1);
        Mark next = index + 1 == marks.size() ? null : marks.get(index + 1);
        boolean touchesPrevious = previous != null && previous.position == mark.position && !previous.dropped;
        boolean touchesNext = next != null && next.position == mark.position && !next.dropped;
        if (touchesPrevious && previous.delimiter == mark.delimiter
                || touchesNext && next.delimiter == mark.delimiter) {
            return false;
        }
        int before = touchesPrevious ? previous.delimiter : codePointBefore(mark.position);
        int after = touchesNext ? next.delimiter : codePointAfter(mark.position);
        return mark.opening
                ? Flanking.works(mark.delimiter, before, after)
                : Flanking.works(mark.delimiter, after, before);
    }

    private int codePointBefore(int position) {
        return position == 0 ? Flanking.EDGE : text.codePointBefore(position);
    }

    private int codePointAfter(int position) {
        return position == text.length() ? Flanking.EDGE : text.codePointAt(position);
    }
}
