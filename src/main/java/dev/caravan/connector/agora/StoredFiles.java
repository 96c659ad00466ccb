package dev.caravan.connector.agora;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Sha256;

/** Files as whoever reads their message gets them: what was written beside a file when it was stored proves nothing. */
final class StoredFiles {

    /** Of a line's payload: SHA-256 of the bytes that are on the server now. */
    private static final String HASH = "sha256";

    private final AgoraClient client;

    StoredFiles(AgoraClient client) {
        this.client = client;
    }

    /**
     * Adds the hash to each part that shows a file; to none whose file is gone.
     *
     * @param message as it was read
     * @throws Unreadable when the server does not answer
     */
    ObjectNode hashed(ObjectNode message) {
        for (var part : message.path("parts")) {
            var body = part.path("payload").path("bodies").path(0);
            var url = body.path("url").asText();
            if (part.path("payload") instanceof ObjectNode payload && !url.isEmpty()) {
                var bytes = client.file(url, body.path("secret").asText());
                bytes.ifPresent(found -> payload.put(HASH, Sha256.hex(found)));
            }
        }
        return message;
    }
}
