package dev.caravan.ledger;

/** How well it is known who somebody is on the target. */
public enum PersonState implements Coded {
    /** Keeps the name the source gives: a bot, or nobody has said anything else. */
    OWN(1),
    SURE(2),
    /** A person has to look. */
    DOUBTFUL(3),
    /** Nobody in the list of employees fits. */
    MISSING(4),
    /** A person has looked, or the user map says so. */
    DECIDED(5);

    private final int code;

    PersonState(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    static PersonState of(int code) {
        return Coded.of(values(), code);
    }
}
