package dev.caravan.connector.matrix;

import java.util.Map;
import java.util.TreeMap;

import dev.caravan.transform.mapping.TargetRules.Effect;

/** What becomes of that for which Matrix has no place, or another one. The id stands in findings and in the report. */
public enum MatrixRule {
    /** A localpart is {@code [a-z0-9._=/-]}; the name stays the display name. */
    USER_NAME("matrix-user-name", Effect.DEGRADED),
    /** A profile holds a display name only: e-mail address, title, telephone and time zone are left out. */
    PROFILE("matrix-profile-left-out", Effect.DROPPED),
    /** An account that was deleted stays, marked in its profile: its messages need an author. */
    DELETED_PERSON("matrix-deleted-person", Effect.DEGRADED),
    /** An alias takes neither spaces nor colons; the name stays the room's name. */
    ROOM_NAME("matrix-room-name", Effect.DEGRADED),
    /** Archived: the room is marked and only its administrators may write. */
    ARCHIVED("matrix-archived", Effect.KEPT),
    /** An event has at most 65,536 bytes; a longer text goes on in the next one. */
    TEXT_SPLIT("matrix-text-split", Effect.DEGRADED),
    /** HTML that would not fit into the event beside the text is left out; the text is whole. */
    HTML_LEFT_OUT("matrix-html-left-out", Effect.DEGRADED),
    /** A reply that is shown in the room too: Matrix has no such thing, the room gets a copy. */
    BROADCAST_COPY("matrix-broadcast-copy", Effect.KEPT),
    /** A replacement with the same text carries the time of the last edit. */
    EDIT_TIME("matrix-edit-time", Effect.KEPT),
    /** A reaction has a time; the source has none, the message's own is the earliest that makes sense. */
    REACTION_TIME("matrix-reaction-time", Effect.DEGRADED),
    /** A custom emoji is a name between colons. */
    REACTION_CUSTOM("matrix-reaction-custom", Effect.DEGRADED),
    /** Framed content is a notice of its own behind the message. */
    CARDS("matrix-cards", Effect.DEGRADED),
    /** A file whose bytes we have not got leaves its name, size and the reason in a notice. */
    FILE_WITHOUT_BYTES("matrix-file-without-bytes", Effect.DROPPED),
    /** A bot's name of the moment stands in the event; clients show the account's. */
    ALIAS("matrix-bot-alias", Effect.DEGRADED),
    /** Joins, leaves and the like are notices. */
    SYSTEM("matrix-system-notice", Effect.DEGRADED),
    /** Who runs a channel at the source may moderate the room. */
    CHANNEL_ADMIN("matrix-channel-admin", Effect.KEPT);

    private static final double CONTENT_CEILING = 0.05;

    private final String id;
    private final Effect effect;

    MatrixRule(String id, Effect effect) {
        this.id = id;
        this.effect = effect;
    }

    String id() {
        return id;
    }

    static Map<String, Effect> effects() {
        var effects = new TreeMap<String, Effect>();
        for (var rule : values()) {
            effects.put(rule.id, rule.effect);
        }
        return effects;
    }

    /** The share of its kind's records that each rule which changes or loses something may touch. */
    static Map<String, Double> ceilings() {
        var ceilings = new TreeMap<String, Double>();
        for (var rule : values()) {
            if (rule.effect != Effect.KEPT) {
                ceilings.put(rule.id, rule == FILE_WITHOUT_BYTES ? CONTENT_CEILING : 1.0);
            }
        }
        return ceilings;
    }
}
