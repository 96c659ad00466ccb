package dev.caravan.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One record on the road: its bytes as read, and its shapes as far as the road has brought it. A step never changes an
 * item, it makes a new one; the trees are shared and must not be changed in place.
 *
 * @param raw the record's bytes as read, declared secrets replaced by a marker
 * @param source the record in the source's shape
 * @param canonical the neutral form, null before the mapping to canonical
 * @param linked the canonical form plus {@code links}: source ids resolved to the target's, null before the link step
 * @param target the record in the target's shape, null before the mapping to the target
 * @param outcome what the sink answered, null before delivery
 */
public record Item(
        Origin origin,
        byte[] raw,
        JsonNode source,
        ObjectNode canonical,
        ObjectNode linked,
        Target target,
        Outcome outcome) {

    /**
     * Field of {@link #source} that holds what the reader knew beside the bytes: {@code channel} (the conversation's
     * source id) and whatever else the source's mapping wants.
     */
    public static final String CONTEXT = "caravan";

    public static Item read(Origin origin, byte[] raw, JsonNode source) {
        return new Item(origin, raw, source, null, null, null, null);
    }

    public Item withSource(JsonNode newSource) {
        return new Item(origin, raw, newSource, canonical, linked, target, outcome);
    }

    public Item withCanonical(ObjectNode newCanonical) {
        return new Item(origin, raw, source, newCanonical, linked, target, outcome);
    }

    public Item withLinked(ObjectNode newLinked) {
        return new Item(origin, raw, source, canonical, newLinked, target, outcome);
    }

    public Item withTarget(Target newTarget) {
        return new Item(origin, raw, source, canonical, linked, newTarget, outcome);
    }

    public Item withOutcome(Outcome newOutcome) {
        return new Item(origin, raw, source, canonical, linked, target, newOutcome);
    }

    /** This record, refused by a step of the road. */
    public Refusal refuse(Kind kind, String stage, String cause, String detail) {
        var shape = canonical != null ? canonical : source;
        return new Refusal(
                kind,
                null,
                id(),
                source == null ? null : source.path(CONTEXT).path("channel").asText(null),
                shape == null ? 0 : shape.path("time").asLong(0),
                origin,
                raw,
                source == null ? null : source.get(CONTEXT),
                stage,
                cause,
                detail);
    }

    /** The source id; null while the record is not canonical. */
    public String id() {
        return canonical == null ? null : canonical.path("id").asText(null);
    }
}
