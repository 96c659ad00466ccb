package dev.caravan.transform.text;

import java.util.Arrays;

/** Joins canonical blocks: a blank line between them, a prefix on each line of what stands inside a quote or a list item. */
final class Blocks {
    private final StringBuilder out = new StringBuilder();

    Blocks add(String block) {
        if (!block.isBlank()) {
            if (out.length() > 0) {
                out.append("\n\n");
            }
            out.append(block);
        }
        return this;
    }

    Blocks quote(String content) {
        return content.isBlank() ? this : add(prefixed(content, "> ", ">"));
    }

    /** A code block; the fence is longer than any run of backticks inside. */
    Blocks fence(String code, String language) {
        if (code.isBlank()) {
            return this;
        }
        int longest = 2;
        int run = 0;
        for (int i = 0; i < code.length(); i++) {
            run = code.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        return add(fence + language + "\n" + code + "\n" + fence);
    }

    /** Content under a list marker: the first line beside it, the others indented to the same column. */
    static String item(String indent, String marker, String content) {
        if (content.isBlank()) {
            return indent + marker;
        }
        char[] column = new char[indent.length() + marker.length() + 1];
        Arrays.fill(column, ' ');
        String prefix = new String(column);
        return indent + marker + " " + prefixed(content, prefix, "").substring(prefix.length());
    }

    private static String prefixed(String content, String prefix, String blankPrefix) {
        StringBuilder lines = new StringBuilder(content.length() + 16);
        for (String line : content.split("\n", -1)) {
            lines.append(line.isEmpty() ? blankPrefix : prefix).append(line).append('\n');
        }
        lines.setLength(lines.length() - 1);
        return lines.toString();
    }

    boolean isEmpty() {
        return out.length() == 0;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
