package dev.caravan.console.access;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Somebody who may sign in.
 *
 * @param name 1 to 64 letters, digits and {@code . _ - @}
 * @param hash of the password, by bcrypt
 */
public record User(String name, String hash, SortedSet<String> roles, Password password) {

    public static final String NAME = "[\\p{L}\\p{N}._@-]{1,64}";

    public User {
        roles = new TreeSet<>(roles);
    }

    public enum Password {
        /** Chosen by the user. */
        OWN,
        /** Given by somebody else; serves for one sign-in, and there for nothing but choosing an own one. */
        ONE_TIME,
        /** A one-time password that has served: only the session it began goes on. */
        SPENT
    }

    /** Whether an own password is still to be chosen. */
    public boolean newcomer() {
        return password != Password.OWN;
    }

    User with(Password other) {
        return new User(name, hash, roles, other);
    }
}
