package dev.caravan.connector.mattermost;

import dev.caravan.connector.mattermost.SealSource.Message;
import dev.caravan.connector.mattermost.SealSource.Rows;

/**
 * Assigns create_at inside each conversation, in (time, id) order: max(previous + 1, own ms), where previous is the last
 * object of the message before. Times that were imported stay, and new messages step around them
 * ({@link MattermostRule#UNIQUE_TIME}, {@link MattermostRule#FROZEN_TIME}).
 */
final class SealTimes {

    private final SealSource source;
    private final Rows<Message> imported;
    private Message frozen;
    private String place = "";
    private long previous;

    private SealTimes(SealSource source, Rows<Message> imported) {
        this.source = source;
        this.imported = imported;
        this.frozen = imported.hasNext() ? imported.next() : null;
    }

    static void assign(SealSource source) {
        try (var messages = source.byTime();
                var imported = source.imported()) {
            var times = new SealTimes(source, imported);
            while (messages.hasNext()) {
                times.next(messages.next());
            }
        }
    }

    private void next(Message message) {
        if (!message.place().equals(place)) {
            skip(place);
            place = message.place();
            previous = 0;
        }
        if (message.imported()) {
            previous = Math.max(previous, message.at() + message.objects() - 1);
            return;
        }
        long at = Math.max(previous + 1, message.time() / 1000);
        while (frozen != null && frozen.place().equals(place) && frozen.at() < at + message.objects()) {
            at = Math.max(at, frozen.at() + frozen.objects());
            frozen = imported.hasNext() ? imported.next() : null;
        }
        if (at != message.at()) {
            source.assign(message, at);
        }
        previous = at + message.objects() - 1;
    }

    private void skip(String done) {
        while (frozen != null && frozen.place().equals(done)) {
            frozen = imported.hasNext() ? imported.next() : null;
        }
    }
}
