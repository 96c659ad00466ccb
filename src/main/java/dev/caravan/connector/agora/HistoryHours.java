package dev.caravan.connector.agora;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import dev.caravan.model.Problem;
import dev.caravan.transport.TargetIds;

/**
 * Addresses of the files of the message history, an hour each, as {@code GET /chatmessages/<yyyyMMddHH>} hands them out: for
 * the last three days, ten calls a minute. So they are asked for once. An hour's file is there an hour or more after the hour;
 * hours go by UTC at Agora and by Beijing time in China.
 */
final class HistoryHours {

    private static final int DAYS = 3;
    private static final Duration HOUR = Duration.ofHours(1);

    private final AgoraClient client;
    private final TargetIds ids;
    private final DateTimeFormatter name;
    private List<String> addresses;
    private Instant firstAsked;
    private Instant firstMissing;

    HistoryHours(AgoraClient client, TargetIds ids) {
        this.client = client;
        this.ids = ids;
        this.name = DateTimeFormatter.ofPattern("yyyyMMddHH")
                .withZone(client.settings().historyZone());
    }

    /** Messages that were sent before it stand in no file that would be asked for now, or an hour from now. */
    static Instant readableSince(Instant now) {
        return now.minus(DAYS, ChronoUnit.DAYS).plus(HOUR).plus(HOUR);
    }

    /**
     * Oldest hour first; none where all messages were sent before the first of them.
     *
     * @throws NoHistory when there is no file at all though there should be: then nothing can be said of the messages
     * @throws Problem CRV-488 when that cannot be asked now; 495 when some were imported so lately that they may stand in a file
     *     that is not there yet
     */
    synchronized Iterator<String> addresses() {
        if (addresses == null) {
            addresses = ask();
        }
        var sent = ids.lastSent();
        if (sent.isPresent() && firstMissing != null && !sent.get().isBefore(firstMissing)) {
            var there = sent.get().truncatedTo(ChronoUnit.HOURS).plus(HOUR).plus(HOUR);
            if (client.clock().instant().isBefore(there)) {
                throw new Problem("CRV-495", sent.get().truncatedTo(ChronoUnit.SECONDS), there);
            }
        }
        boolean tooLongAgo = sent.isPresent() && sent.get().isBefore(firstAsked);
        if (addresses.isEmpty() && !tooLongAgo) {
            throw new NoHistory();
        }
        return addresses.iterator();
    }

    private List<String> ask() {
        var found = new ArrayList<String>();
        Instant now = client.clock().instant().truncatedTo(ChronoUnit.HOURS);
        firstAsked = now.minus(DAYS, ChronoUnit.DAYS).plus(HOUR);
        for (var hour = firstAsked; !hour.isAfter(now); hour = hour.plus(HOUR)) {
            var answer = client.get(Endpoint.EXPORT, "/chatmessages/" + name.format(hour));
            if (answer instanceof AgoraAnswer.Done done
                    && done.body().path("data").isArray()) {
                done.body()
                        .path("data")
                        .forEach(file -> found.add(file.path("url").asText()));
                firstMissing = null;
            } else if (!(answer instanceof AgoraAnswer.Denied denied && hasNone(denied))) {
                throw new Problem("CRV-488", client.settings().rest());
            } else if (firstMissing == null) {
                // An hour in which nothing was written has no file either: what counts is that none is there behind it.
                firstMissing = hour;
            }
        }
        return found;
    }

    /** Another refusal, or one in nobody's words, says nothing of whether somebody wrote in that hour. */
    private static boolean hasNone(AgoraAnswer.Denied denied) {
        return denied.status() == 404 && !denied.error().isEmpty()
                || denied.status() == 400 && denied.says("expired or unstored");
    }
}
