package dev.caravan.connector.agora;

/** The target could not be asked: nothing is known of what is there. */
final class Unreadable extends RuntimeException {
    Unreadable(String what) {
        super(what);
    }
}
