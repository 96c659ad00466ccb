package dev.caravan.model;

/**
 * A source id resolved to the target's identity, kept for ever.
 *
 * @param kind USER or CHANNEL
 * @param sourceId the source's id
 * @param target the user name, or the key of the conversation ({@code public/general}); {@code !<rule>} when that rule
 *     leaves the conversation out
 * @param number of the lane of records, the same for all conversations that share a target; 0 for people
 * @param name what the source calls it; null when nobody asked
 * @param made somebody whom no list names, made when a record first needed them
 */
public record Link(Kind kind, String sourceId, String target, int number, String name, boolean made) {

    /** First character of the target of what a rule leaves out. */
    public static final String LEFT_OUT = "!";

    public Link(Kind kind, String sourceId, String target, int number) {
        this(kind, sourceId, target, number, null);
    }

    public Link(Kind kind, String sourceId, String target, int number, String name) {
        this(kind, sourceId, target, number, name, false);
    }

    public Link withName(String newName) {
        return new Link(kind, sourceId, target, number, newName, made);
    }

    public Link withMade(boolean newMade) {
        return new Link(kind, sourceId, target, number, name, newMade);
    }

    public boolean leftOut() {
        return target.startsWith(LEFT_OUT);
    }
}
