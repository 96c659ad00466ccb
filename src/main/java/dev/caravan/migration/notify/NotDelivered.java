package dev.caravan.migration.notify;

/** A channel did not take a notice. */
final class NotDelivered extends Exception {

    private final boolean again;

    /**
     * @param reason without any secret
     * @param again whether it may take it later
     */
    NotDelivered(String reason, boolean again) {
        super(reason);
        this.again = again;
    }

    boolean again() {
        return again;
    }
}
