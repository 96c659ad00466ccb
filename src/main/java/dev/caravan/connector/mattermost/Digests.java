package dev.caravan.connector.mattermost;

import dev.caravan.model.Sha256;

/** SHA-256, shortened. */
final class Digests {

    private static final int DIGITS = 8;

    private Digests() {}

    /** The first eight hex digits: a suffix that tells apart what would otherwise have one name. */
    static String hash8(String text) {
        return Sha256.hex(text, DIGITS);
    }
}
