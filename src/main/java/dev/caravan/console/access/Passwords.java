package dev.caravan.console.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

import dev.caravan.model.Problem;
import io.quarkus.elytron.security.common.BcryptUtil;

/** Hashes of passwords: bcrypt, salted. */
final class Passwords {

    /** 2^11 rounds, a tenth of a second: scripts sign in with each request. */
    private static final int COST = 11;

    private static final int SHORTEST = 12;
    /** What comes behind bcrypt does not look at. */
    private static final int LONGEST_BYTES = 72;

    private static final int RANDOM_BYTES = 15;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** Hash of a password nobody has: an unknown name takes as long as a wrong password. */
    static final String NOBODY = hash(random());

    /** @throws Problem CRV-582 too short or too long */
    static String hashOfOwn(String password) {
        if (password == null
                || password.codePointCount(0, password.length()) < SHORTEST
                || password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            throw new Problem("CRV-582", SHORTEST, LONGEST_BYTES);
        }
        return hash(password);
    }

    static String hash(String password) {
        return BcryptUtil.bcryptHash(password, COST);
    }

    static boolean matches(String password, String hash) {
        return BcryptUtil.matches(password, hash);
    }

    /** 120 random bits, in 20 characters. */
    static String random() {
        var bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
