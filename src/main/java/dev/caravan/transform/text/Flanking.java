package dev.caravan.transform.text;

/** When a delimiter run can open or close emphasis: CommonMark 0.31 section 6.2, judged by the characters beside it. */
final class Flanking {
    /** Stands for the edge of the text, which counts as white space. */
    static final int EDGE = '\n';

    private Flanking() {}

    static boolean isSpace(int codePoint) {
        return codePoint == ' '
                || codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r'
                || codePoint == '\f'
                || Character.getType(codePoint) == Character.SPACE_SEPARATOR;
    }

    static boolean isPunctuation(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL -> true;
            default -> false;
        };
    }

    /**
     * Whether a delimiter between the two characters works as wanted.
     *
     * @param outside the character on the far side of the delimiter from the styled text
     * @param inside the character of the styled text beside the delimiter
     */
    static boolean works(char delimiter, int outside, int inside) {
        if (isSpace(inside)) {
            return false;
        }
        boolean free = isSpace(outside) || isPunctuation(outside);
        return delimiter == '_' ? free : free || !isPunctuation(inside);
    }
}
