package dev.caravan.ledger;

/** Whether what a run did to a live target still stands there. */
public enum EffectState implements Coded {
    STANDS(1),
    /** Taken back. */
    REMOVED(2),
    /** Was gone when it was to be taken back. */
    GONE(3),
    /** Stays: it cannot go, or people changed it or lean on it. */
    KEPT(4);

    private static final EffectState[] ALL = values();

    private final int code;

    EffectState(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    static EffectState of(int code) {
        return Coded.of(ALL, code);
    }
}
