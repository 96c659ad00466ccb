package dev.caravan.ledger;

import dev.caravan.model.Kind;

/**
 * A source identity resolved to the target's. The first one stored for a source id stays.
 *
 * @param kind {@link Kind#USER} or {@link Kind#CHANNEL}
 * @param target key on the target: user name, channel name, member set
 * @param number of the target conversation, from 1 in the order of storing, the same for all that end in it; 0 for users,
 *     and for a link not stored yet
 * @param detail JSON of what mapping needs besides, or null
 */
public record Link(Kind kind, String sourceId, String target, int number, String detail, LinkOrigin origin) {

    /** One to be stored; the ledger gives the number. */
    public static Link of(Kind kind, String sourceId, String target, String detail, LinkOrigin origin) {
        return new Link(kind, sourceId, target, 0, detail, origin);
    }
}
