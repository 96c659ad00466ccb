package dev.caravan.agora;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The history of messages as a caller downloads it, a file an hour. */
final class StubHistory {

    private static final long HOUR = 3_600_000;
    private static final DateTimeFormatter HOUR_NAME = DateTimeFormatter.ofPattern("yyyyMMddHH");

    private final ObjectMapper json = new ObjectMapper();
    private final StubMessages messages;
    private boolean exportByImport;
    private long clockAhead;
    private ZoneId hoursOf = ZoneOffset.UTC;

    StubHistory(StubMessages messages) {
        this.messages = messages;
    }

    void reset() {
        exportByImport = false;
        clockAhead = 0;
        hoursOf = ZoneOffset.UTC;
    }

    void settings(JsonNode to) {
        hoursOf = ZoneId.of(to.path("hoursOf").asText(hoursOf.getId()));
        exportByImport = to.path("exportByImport").asBoolean(exportByImport);
        clockAhead = to.path("clockAheadHours").asLong(clockAhead / HOUR) * HOUR;
    }

    /** Hour files are there an hour after the hour ended, for three days. */
    ObjectNode file(String name, long time, int port) {
        long now = time + clockAhead;
        long hour = HOUR_NAME
                        .parse(name, LocalDateTime::from)
                        .atZone(hoursOf)
                        .toInstant()
                        .toEpochMilli()
                / HOUR;
        if (hour < now / HOUR - 72) {
            throw new Denied(
                    400,
                    "illegal_argument",
                    "illegal arguments: appkey: org#app, time: " + name
                            + ", maybe chat message history is expired or unstored");
        }
        if (hour > now / HOUR - 2 || !messages.byHour(exportByImport).containsKey(hour)) {
            throw new Denied(404, "storage_object_not_found", "Failed to find chat message history download url");
        }
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("data")
                .addObject()
                .put("url", "http://127.0.0.1:" + port + "/export/" + hour + ".gz?Expires=1&Signature=s");
        return answer;
    }

    byte[] export(String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            long hour = Long.parseLong(name.replace(".gz", ""));
            for (var message : messages.byHour(exportByImport).getOrDefault(hour, List.of())) {
                zip.write(json.writeValueAsBytes(message.exported()));
                zip.write('\n');
            }
        }
        return bytes.toByteArray();
    }
}
