package dev.caravan.migration.verification;

/** What a verification says in one word. */
public enum Verdict {
    EQUAL("equal"),
    /** Unlike only where a declared rule says so, and no rule more often than its ceiling allows. */
    EQUAL_BY_RULE("equal-by-rule"),
    DIFFERENT("different");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
