package dev.caravan.transform.text;

/**
 * A reference found in canonical text.
 *
 * @param kind what it points to
 * @param id the rest of the link's destination: a source id, for a message {@code <channel>/<ts>}, for a group a source id or
 *     one of {@code here}, {@code channel}, {@code everyone}
 */
public record Reference(Kind kind, String id) {
    /** The kinds of target, in links {@code caravan:<kind>/<id>}. */
    public enum Kind {
        USER("user/"),
        CHANNEL("channel/"),
        GROUP("group/"),
        MESSAGE("message/");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** What a canonical link to it leads to: {@code caravan:user/U1}. */
    public String destination() {
        return CanonicalLinks.SCHEME + kind.prefix + id;
    }

    /** The reference of a link destination such as {@code caravan:user/U1}; null if it is none. */
    static Reference parse(String destination) {
        for (Kind kind : Kind.values()) {
            int start = CanonicalLinks.SCHEME.length() + kind.prefix.length();
            if (destination.length() > start && destination.startsWith(kind.prefix, CanonicalLinks.SCHEME.length())) {
                return new Reference(kind, destination.substring(start));
            }
        }
        return null;
    }
}
