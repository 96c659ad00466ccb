package dev.caravan.ledger;

/** Where a {@link Link} comes from. */
public enum LinkOrigin implements Coded {
    /** The source's own directory. */
    SOURCE(1),
    /** A map file of the operator. */
    MAP(2),
    /** Made for something the source mentions but does not hold. */
    PLACEHOLDER(3);

    private final int code;

    LinkOrigin(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
