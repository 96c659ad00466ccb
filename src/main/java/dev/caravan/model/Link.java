package dev.caravan.model;

/**
 * A source id resolved to the target's identity, kept for ever.
 *
 * @param kind USER or CHANNEL
 * @param sourceId the source's id
 * @param target the user name, or the key of the conversation ({@code public/general}); {@code !<rule>} when that rule
 *     leaves the conversation out
 * @param number of the lane of records, the same for all conversations that share a target; 0 for people
 */
public record Link(Kind kind, String sourceId, String target, int number) {

    /** First character of the target of what a rule leaves out. */
    public static final String LEFT_OUT = "!";

    public boolean leftOut() {
        return target.startsWith(LEFT_OUT);
    }
}
