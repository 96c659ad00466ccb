package dev.caravan.migration.find;

import java.time.Instant;
import java.util.List;

import dev.caravan.model.Kind;

/**
 * What became of one record of the source.
 *
 * @param conversation source id, or null
 * @param conversationName what the source calls it, or null
 * @param time at the source; null when it has none, or nobody knows it
 * @param why the rule that left it out, or the cause of its dead letter; null for what arrived
 * @param letter number of its dead letter, or null
 * @param where on the target; null for what is not there
 * @param rules that changed something of it on the way, as far as the source was read again
 * @param file name of the file that was looked for, and what became of its bytes; null when none was
 */
public record Found(
        Kind kind,
        String id,
        String conversation,
        String conversationName,
        Instant time,
        Became became,
        String why,
        Long letter,
        Where where,
        List<String> rules,
        AFile file) {

    /** What became of it. */
    public enum Became {
        ARRIVED,
        FILTERED,
        DEAD_LETTER,
        /** Sent, but whether it arrived is not known. */
        IN_DOUBT,
        /** The source has it, and the next run brings it. */
        NOT_YET,
        /** The source has it, and the next run would make a dead letter of it. */
        WOULD_BE_REFUSED
    }

    /**
     * @param address to follow in a browser, or null
     * @param word key {@code find.place.<word>} of the words for people
     * @param details fill its {0}, {1}
     */
    public record Where(String address, String word, List<Object> details) {}

    /** @param state of its bytes at the source: present, absent, external, deleted, hidden */
    public record AFile(String name, String id, String state) {}

    Found withFile(AFile newFile) {
        return new Found(kind, id, conversation, conversationName, time, became, why, letter, where, rules, newFile);
    }
}
