package dev.caravan.connector.agora;

import java.util.List;

/**
 * A message that is on the server, as its target id says it: time first, so that the greatest id of a conversation tells the
 * last time that was given.
 *
 * @param time of its last part, ms since 1970
 * @param ids of its parts, in order
 */
record SentMessage(long time, Recipient to, List<String> ids) {

    private static final String FORM = "%013d %s %s %s %s";

    String targetId() {
        return FORM.formatted(time, to.chatType(), to.from(), to.id(), String.join(",", ids));
    }

    static SentMessage of(String targetId) {
        var fields = targetId.split(" ");
        return new SentMessage(
                Long.parseLong(fields[0]),
                new Recipient(fields[1].equals("groupchat"), fields[3], fields[2]),
                List.of(fields[4].split(",")));
    }

    static long lastTime(String targetId) {
        return Long.parseLong(targetId.substring(0, targetId.indexOf(' ')));
    }
}
