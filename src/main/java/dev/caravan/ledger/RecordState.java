package dev.caravan.ledger;

/** Where a record stands on the target. */
public enum RecordState implements Coded {
    DELIVERED(1),
    /** About to be sent: after a crash it is looked up on the target before it is sent again. */
    INTENT(2),
    /** Sent, outcome unknown, and the target offers no look-up: shown, never blindly sent again (invariant 3). */
    UNCERTAIN(3),
    /** Gone from the source after it was delivered; stays for ever so that nothing resurrects it. */
    DELETED(4),
    /** Delivered out of a dead letter: the source does not have it in this form, so it is not missed there either. */
    MENDED(6),
    /** A live target took it, but the batch it is part of is not through: it is not sent again. */
    SENT(7);

    private static final RecordState[] ALL = values();

    private final int code;

    RecordState(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    static RecordState of(int code) {
        return Coded.of(ALL, code);
    }
}
