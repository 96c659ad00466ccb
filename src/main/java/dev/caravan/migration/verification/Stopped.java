package dev.caravan.migration.verification;

/** The verification was asked to stop; it leaves no result. */
final class Stopped extends RuntimeException {
    Stopped() {
        super(null, null, false, false);
    }
}
