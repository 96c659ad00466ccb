package dev.caravan.connector.agora;

import java.util.Map;
import java.util.TreeMap;

import dev.caravan.transform.mapping.TargetRules.Effect;

/** What the platform's limits make of a record. The id stands in findings and in the report. */
enum AgoraRule {
    /** Nothing shows markup: texts go out as plain text. */
    PLAIN_TEXT("agora-plain-text", Effect.DEGRADED, 1),
    /** A message holds 5 KB of body and ext; more text goes into messages behind it. */
    TEXT_SPLIT("agora-text-split", Effect.DEGRADED, 1),
    /** One file a message: each is a message of its own behind the text. */
    FILE_APART("agora-file-apart", Effect.KEPT, 1),
    /** A file whose bytes we have not got leaves a line that says so. */
    FILE_WITHOUT_BYTES("agora-file-without-bytes", Effect.DROPPED, 0.05),
    /** A file larger than the app takes (10 MB unless the console says more) leaves a line that says so. */
    FILE_TOO_LARGE("agora-file-too-large", Effect.DROPPED, 0.05),
    /** Reactions cannot be imported with their time: they stand in ext, and so do threads, edits and pins. */
    IN_EXT("agora-in-ext", Effect.DEGRADED, 1),
    /** Reactions too many for ext are only counted there. */
    REACTIONS_COUNTED("agora-reactions-counted", Effect.DROPPED, 0.05),
    /** Framed content becomes a line of text. */
    CARDS_AS_TEXT("agora-cards-as-text", Effect.DEGRADED, 1),
    /** A message of nothing but what cannot be shown gets a line that says so. */
    NO_TEXT("agora-no-text", Effect.DEGRADED, 1),
    /** A conversation of three and more, or with oneself, is a private group. */
    GROUP_OF_PEOPLE("agora-group-of-people", Effect.KEPT, 1),
    /** A group cannot be archived: it says so in custom. */
    ARCHIVED_IN_CUSTOM("agora-archived-in-custom", Effect.DEGRADED, 1),
    /** Nicknames have 64, names of groups 128, descriptions 512 characters. */
    FIELD_CUT("agora-field-cut", Effect.DEGRADED, 0.05),
    /** People who have left stay registered: it says so in their attributes. */
    LEFT_IN_EXT("agora-left-in-ext", Effect.DEGRADED, 1),
    /** Owners and admins of a whole workspace are no more than members of their groups. */
    NO_APP_ROLES("agora-no-app-roles", Effect.DROPPED, 1);

    private final String id;
    private final Effect effect;
    private final double ceiling;

    AgoraRule(String id, Effect effect, double ceiling) {
        this.id = id;
        this.effect = effect;
        this.ceiling = ceiling;
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

    /** The share of a kind's records each rule that loses or changes something may touch. */
    static Map<String, Double> ceilings() {
        var ceilings = new TreeMap<String, Double>();
        for (var rule : values()) {
            if (rule.effect != Effect.KEPT) {
                ceilings.put(rule.id, rule.ceiling);
            }
        }
        return ceilings;
    }
}
