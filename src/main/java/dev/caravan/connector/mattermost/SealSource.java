package dev.caravan.connector.mattermost;

import java.util.Iterator;
import java.util.List;

import dev.caravan.model.Finding;
import dev.caravan.model.StageSlot;
import dev.caravan.transform.link.TargetNames.Place;

/**
 * What a seal asks of the ledger. Every order is total and the same each time; nothing needs to be held in memory on
 * either side. A seal reads {@link #byTime} first, hands back the times it assigns, then reads the rest.
 */
public interface SealSource {

    /** Closed by the seal. */
    interface Rows<T> extends Iterator<T>, AutoCloseable {
        @Override
        void close();
    }

    /**
     * A conversation of the target.
     *
     * @param imported a package with this conversation in it was marked imported
     * @param slot of the canonical channel that came first of those that end here; null when there is none
     */
    record Conversation(Place place, boolean imported, StageSlot slot) {}

    /**
     * An account of the target.
     *
     * @param imported a package with this person in it was marked imported
     * @param slots of the canonical users who became this account, by source id
     * @param memberships of all of them; of somebody imported only those that came since
     */
    record Person(String name, boolean imported, List<StageSlot> slots, List<StageSlot> memberships) {}

    /**
     * A message.
     *
     * @param place {@link Place#key()} of its conversation
     * @param id source id
     * @param root source id of the root of its thread, null on roots
     * @param time own time, us
     * @param objects posts it becomes, at least 1
     * @param createAt assigned ms, 0 when it has its own
     * @param imported createAt (or its own time, when that is 0) is in a package that was imported, and stays; then slot
     *     is what was imported, even if the message was edited since
     */
    record Message(
            String place,
            String id,
            String root,
            long time,
            int objects,
            StageSlot slot,
            long createAt,
            boolean imported) {

        /** ms. */
        long at() {
            return createAt == 0 ? time / 1000 : createAt;
        }
    }

    /** By name. */
    Rows<StageSlot> emoji();

    /** Public and private channels, by name. */
    Rows<Conversation> channels();

    /** Direct conversations, by name (their members). */
    Rows<Conversation> directs();

    /** By name. */
    Rows<Person> people();

    /** All messages, without root and slot: the conversations in any fixed order, in each by (time, id). */
    Rows<Message> byTime();

    /** Those of {@link #byTime} that are imported: its order of conversations, in each by createAt. */
    Rows<Message> imported();

    /**
     * All messages: those of public and private channels by channel name, then direct ones by members; in each the roots
     * by (time, id), and after each root its replies by (time, id).
     */
    Rows<Message> byThread();

    /** Keeps a time that is not the message's own, for {@link #byThread} and for every later seal. */
    void assign(Message message, long createAt);

    /** Tells what lies in the package. */
    void file(String path, String sha256, long bytes);

    void found(Finding finding);
}
