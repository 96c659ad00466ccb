package dev.caravan.ledger;

import java.util.Set;

/** What people did about a dead letter. */
public enum LetterState implements Coded {
    OPEN(1),
    /** Mended, not sent yet. */
    EDITED(2),
    /** Went through. */
    REPLAYED(3),
    /** Somebody decided to leave it behind. */
    WAIVED(4);

    /** What somebody still has to look at. */
    public static final Set<LetterState> WAITING = Set.of(OPEN, EDITED);

    private final int code;

    LetterState(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** Whether nothing more is to be done about it. */
    public boolean isSettled() {
        return this == REPLAYED || this == WAIVED;
    }

    static LetterState of(int code) {
        return Coded.of(values(), code);
    }
}
