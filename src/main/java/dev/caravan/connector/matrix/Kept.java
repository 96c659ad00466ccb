package dev.caravan.connector.matrix;

/** Why something stays on the homeserver at a rollback. */
enum Kept {
    PEOPLE_ANSWERED("matrix-people-answered"),
    PEOPLE_PINNED("matrix-people-pinned"),
    ROOM_IN_USE("matrix-room-in-use"),
    FILE_STAYS("matrix-file-stays"),
    ACCOUNT_STAYS("matrix-account-stays"),
    ACCOUNT_IN_USE("matrix-account-in-use"),
    DENIED("matrix-denied");

    private final String reason;

    Kept(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
