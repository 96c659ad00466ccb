package dev.caravan.connector.agora;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

import dev.caravan.model.Problem;

/**
 * Addresses of the files of the message history, an hour each, as {@code GET /chatmessages/<yyyyMMddHH>} hands them out: for
 * the last three days, ten calls a minute.
 */
final class HistoryHours implements Iterator<String> {

    private static final int DAYS = 3;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);

    private final AgoraClient client;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Instant end;
    private Instant hour;
    private boolean any;

    HistoryHours(AgoraClient client) {
        this.client = client;
        this.end = client.clock().instant().truncatedTo(ChronoUnit.HOURS);
        this.hour = end.minus(DAYS, ChronoUnit.DAYS).plus(1, ChronoUnit.HOURS);
    }

    /** @throws Problem CRV-447 when there is no file at all: then nothing can be said of the messages */
    @Override
    public boolean hasNext() {
        while (waiting.isEmpty() && hour.isBefore(end)) {
            ask(NAME.format(hour));
            hour = hour.plus(1, ChronoUnit.HOURS);
        }
        if (waiting.isEmpty() && !any) {
            throw new Problem("CRV-447", "404");
        }
        return !waiting.isEmpty();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return waiting.poll();
    }

    private void ask(String name) {
        var answer = client.get(Endpoint.EXPORT, "/chatmessages/" + name);
        if (answer instanceof AgoraAnswer.Done done) {
            done.body().path("data").forEach(file -> waiting.add(file.path("url").asText()));
            any |= !waiting.isEmpty();
        } else if (!(answer instanceof AgoraAnswer.Denied)) {
            throw new Problem("CRV-448", client.settings().rest());
        }
    }
}
