package dev.caravan.ledger;

import java.util.Set;

/** What letters of one cause have in common when the cause names one thing, so that mending that thing mends them all. */
final class Subject {

    /** Causes whose detail is the name of one thing: an author, a root, a conversation. */
    private static final Set<String> NAMING = Set.of("unknown-author", "orphan-reply", "unknown-channel");

    /** Characters; what is longer names nothing, and an index holds no more than some thousand bytes a row. */
    private static final int LONGEST = 200;

    private Subject() {}

    /** Null where the cause names none. */
    static String of(String cause, String detail) {
        return detail != null && detail.length() <= LONGEST && NAMING.contains(cause) ? detail : null;
    }
}
