package dev.caravan.console.access;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Somebody who may sign in.
 *
 * @param name 1 to 64 letters, digits and {@code . _ - @}
 * @param hash of the password, by bcrypt
 * @param oneTime the password was given by somebody else, and serves for nothing but choosing an own one
 */
public record User(String name, String hash, SortedSet<String> roles, boolean oneTime) {

    public static final String NAME = "[\\p{L}\\p{N}._@-]{1,64}";

    public User {
        roles = new TreeSet<>(roles);
    }
}
