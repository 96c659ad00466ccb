package dev.caravan.connector.matrix;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.caravan.model.Sha256;
import dev.caravan.transform.text.Reference;

/**
 * From names on the target to the identifiers of a homeserver, and back. A name that is a whole user id
 * ({@code @alice:example.org}, from the user map) is that account; any other is an account of ours.
 *
 * @param serverName of the homeserver, the part behind the colon
 * @param prefix what the localparts of our accounts and aliases begin with
 * @see <a href="https://spec.matrix.org/v1.11/appendices/#identifier-grammar">Identifier grammar</a>
 */
record MatrixIds(String serverName, String prefix) {

    static final String DEFAULT_PREFIX = "caravan_";

    private static final String DIRECT = "direct";

    /** Of the hash that stands for the people of a direct conversation: 128 bits. */
    private static final int DIGITS = 32;

    private static final String MATRIX_TO = "https://matrix.to/#/";

    /** @param settings the sink's properties, camelCase */
    static MatrixIds of(Map<String, String> settings) {
        var prefix = settings.get("userPrefix");
        return new MatrixIds(
                settings.getOrDefault("serverName", ""), prefix == null || prefix.isEmpty() ? DEFAULT_PREFIX : prefix);
    }

    String user(String name) {
        return name.startsWith("@") ? name : "@" + prefix + name + ":" + serverName;
    }

    /** Whether an account is one that we make. */
    boolean isOurs(String user) {
        return user.startsWith("@" + prefix) && user.endsWith(":" + serverName);
    }

    /** The way back from {@link #user}. */
    String nameOf(String user) {
        return isOurs(user) ? user.substring(1 + prefix.length(), user.length() - serverName.length() - 1) : user;
    }

    /**
     * The alias by which a room is found again. The people of a direct conversation are its name, which may be longer than
     * an alias and is nobody's business: a hash stands for it.
     *
     * @param type public, private or direct
     */
    String alias(String type, String name) {
        return "#" + aliasLocalpart(type, name) + ":" + serverName;
    }

    String aliasLocalpart(String type, String name) {
        return prefix + (DIRECT.equals(type) ? "~direct-" + Sha256.hex(name, DIGITS) : name);
    }

    /** Where a reference leads for people, by the names its target has; null for what Matrix has no link for. */
    String matrixTo(Reference.Kind kind, String name) {
        return switch (kind) {
            case USER -> MATRIX_TO + encoded(user(name));
            case CHANNEL -> MATRIX_TO + encoded("#" + prefix + name + ":" + serverName);
            case GROUP, MESSAGE -> null;
        };
    }

    /** The way back from {@link #matrixTo}; null for any other link. */
    Reference reference(String destination) {
        if (!destination.startsWith(MATRIX_TO)) {
            return null;
        }
        var id = URLDecoder.decode(destination.substring(MATRIX_TO.length()), StandardCharsets.UTF_8);
        if (id.startsWith("@")) {
            return new Reference(Reference.Kind.USER, nameOf(id));
        }
        var ours = id.startsWith("#" + prefix) && id.endsWith(":" + serverName);
        return ours
                ? new Reference(
                        Reference.Kind.CHANNEL,
                        id.substring(1 + prefix.length(), id.length() - serverName.length() - 1))
                : null;
    }

    /** A path segment, or a fragment. */
    static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
