package dev.caravan.transport;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** What the addresses that people have of a source's messages say, and where a reading begins that is to meet a time. */
public interface SourceAddresses {

    /** The source it knows: {@code slack-export}. */
    String sourceKind();

    /**
     * The message that an address, as people copy it, or an id names; nothing when the text is neither.
     *
     * @param text anything somebody typed
     */
    Optional<Named> message(String text);

    /**
     * The message that a record is, by its own fields: also of one that a rule leaves out before it has a canonical form.
     *
     * @param conversation source id
     * @param record in the source's shape
     */
    Optional<Named> message(String conversation, JsonNode record);

    /**
     * The position from which the source, which has a lane in the order of time, reads everything of this time and later.
     *
     * @param time us since 1970
     */
    String positionBefore(long time);

    /**
     * The address under which the source served a message; nothing when the id is none of its own.
     *
     * @param site the source's own web address: {@code https://acme.slack.com}
     * @param id source id of a message
     */
    Optional<String> address(String site, String id);

    /**
     * @param conversation source id
     * @param id source id of the message
     * @param time us since 1970
     */
    record Named(String conversation, String id, long time) {}
}
