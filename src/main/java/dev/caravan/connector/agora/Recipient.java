package dev.caravan.connector.agora;

import java.util.stream.Stream;

/**
 * To whom a message goes.
 *
 * @param group whether to a group
 * @param id of the group, or the user id of the other one
 * @param from user id of the sender
 */
record Recipient(boolean group, String id, String from) {

    /** Both directions of a one-to-one conversation are one stream. */
    String conversation() {
        return group
                ? "group " + id
                : String.join(" ", Stream.of(from, id).sorted().toList());
    }

    String chatType() {
        return group ? "groupchat" : "chat";
    }
}
