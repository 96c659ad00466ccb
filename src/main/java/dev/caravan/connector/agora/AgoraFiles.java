package dev.caravan.connector.agora;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Outcome;

/** Stores files before the messages that show them. The server forgets them after seven days unless the plan says otherwise. */
final class AgoraFiles {

    private final AgoraClient client;

    /** @param outcome of the message when the file could not be stored; null when it was */
    record Stored(String url, String secret, Outcome outcome) {
        private static Stored not(Outcome outcome) {
            return new Stored(null, null, outcome);
        }
    }

    AgoraFiles(AgoraClient client) {
        this.client = client;
    }

    Stored store(JsonNode file) {
        var settings = client.settings();
        var id = file.path("id").asText();
        if (settings.files() == null) {
            return Stored.not(new Outcome.Refused("agora-file-gone", id));
        }
        Path root = settings.files().normalize();
        Path path = root.resolve(file.path("path").asText()).normalize();
        try {
            if (!path.startsWith(root) || !Files.isRegularFile(path)) {
                return Stored.not(new Outcome.Refused("agora-file-gone", id));
            }
            if (Files.size(path) > settings.largestFile()) {
                return Stored.not(new Outcome.Refused("agora-file-too-large", id));
            }
            return upload(path, file.path("name").asText(), id);
        } catch (IOException unreadable) {
            return Stored.not(new Outcome.Refused("agora-file-gone", id));
        }
    }

    private Stored upload(Path path, String name, String id) throws IOException {
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        var boundary = "caravan" + HexFormat.of().formatHex(random);
        var head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + name.replaceAll("[\\p{Cntrl}\"\\\\]", "_")
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        var form = BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.ofFile(path),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        var answer = client.upload(form, boundary);
        if (answer instanceof AgoraAnswer.Done done
                && done.body().path("entities").path(0).hasNonNull("uuid")) {
            var stored = done.body().path("entities").path(0);
            return new Stored(
                    client.fileAddress(stored.path("uuid").asText()),
                    stored.path("share-secret").asText(),
                    null);
        }
        if (answer instanceof AgoraAnswer.Denied denied) {
            var cause = denied.status() == 413 ? "agora-file-too-large" : "agora-refused";
            return Stored.not(new Outcome.Refused(cause, id + " " + Causes.of(denied)));
        }
        return Stored.not(new Outcome.Retry(Duration.ZERO, Causes.of(answer)));
    }
}
