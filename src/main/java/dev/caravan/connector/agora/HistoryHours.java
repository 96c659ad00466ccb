package dev.caravan.connector.agora;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import dev.caravan.model.Problem;

/**
 * Addresses of the files of the message history, an hour each, as {@code GET /chatmessages/<yyyyMMddHH>} hands them out: for
 * the last three days, ten calls a minute. So they are asked for once.
 */
final class HistoryHours {

    private static final int DAYS = 3;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);

    private final AgoraClient client;
    private List<String> addresses;

    HistoryHours(AgoraClient client) {
        this.client = client;
    }

    /**
     * Oldest hour first.
     *
     * @throws Problem CRV-487 when there is no file at all: then nothing can be said of the messages
     */
    synchronized Iterator<String> addresses() {
        if (addresses == null) {
            addresses = ask();
        }
        if (addresses.isEmpty()) {
            throw new Problem("CRV-487", "404");
        }
        return addresses.iterator();
    }

    private List<String> ask() {
        var found = new ArrayList<String>();
        Instant now = client.clock().instant().truncatedTo(ChronoUnit.HOURS);
        for (var hour = now.minus(DAYS, ChronoUnit.DAYS).plus(1, ChronoUnit.HOURS);
                !hour.isAfter(now);
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            var answer = client.get(Endpoint.EXPORT, "/chatmessages/" + NAME.format(hour));
            if (answer instanceof AgoraAnswer.Done done) {
                done.body()
                        .path("data")
                        .forEach(file -> found.add(file.path("url").asText()));
            } else if (!(answer instanceof AgoraAnswer.Denied)) {
                throw new Problem("CRV-488", client.settings().rest());
            }
        }
        return found;
    }
}
