package dev.caravan.connector.agora;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;

/** What a call came to. What stops a run is thrown instead. */
sealed interface AgoraAnswer {

    /** Carried out. */
    record Done(JsonNode body) implements AgoraAnswer {}

    /**
     * Not carried out, and would not be if sent again.
     *
     * @param error the vendor's word: {@code forbidden_op}
     * @param description the vendor's sentence; may hold ids
     */
    record Denied(int status, String error, String description) implements AgoraAnswer {

        boolean says(String words) {
            return description.contains(words);
        }

        /** Without the sentence, in which the server might repeat what it was sent. */
        String cause() {
            return error.isEmpty() ? "status-" + status : error.replace('_', '-');
        }
    }

    /** Surely not carried out; may be sent again. */
    record Later(Duration after) implements AgoraAnswer {}

    /** Nobody knows whether it was carried out. */
    record Doubtful() implements AgoraAnswer {}
}
