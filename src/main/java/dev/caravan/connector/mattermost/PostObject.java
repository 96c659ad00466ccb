package dev.caravan.connector.mattermost;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One post or reply of a record.
 *
 * @param place where the seal puts it
 * @param post without place and replies
 */
record PostObject(Placed place, ObjectNode post) {

    /** The first byte of a staged line. */
    enum Placed {
        /** A root post. */
        ROOT('P'),
        /** A reply to the root of its thread. */
        REPLY('R'),
        /** More of the record before it: a reply in the same thread. */
        MORE('M'),
        /** A copy of a reply, a root post in the channel. */
        COPY('C');

        private final char tag;

        Placed(char tag) {
            this.tag = tag;
        }

        char tag() {
            return tag;
        }
    }
}
