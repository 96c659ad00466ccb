package dev.caravan.connector.agora;

import com.fasterxml.jackson.databind.JsonNode;

/** Takes messages back. That this works on imported messages is not documented. */
final class MessageUndo {

    enum Recalled {
        YES,
        GONE,
        NO,
        UNKNOWN
    }

    private final AgoraClient client;

    MessageUndo(AgoraClient client) {
        this.client = client;
    }

    Recalled recall(Recipient to, String id) {
        var call = Json.object()
                .put("msg_id", id)
                .put("to", to.id())
                .put("from", to.from())
                .put("chat_type", to.chatType())
                .put("sync_device", false)
                // without it only the last two minutes can be recalled
                .put("force", true);
        var answer = client.postAgain(Endpoint.RECALL, "/messages/msg_recall", call);
        if (answer instanceof AgoraAnswer.Done done) {
            return meaning(done.body().path("data").path("recalled"));
        }
        return answer instanceof AgoraAnswer.Denied ? Recalled.NO : Recalled.UNKNOWN;
    }

    private static Recalled meaning(JsonNode recalled) {
        return switch (recalled.asText()) {
            case "yes", "true" -> Recalled.YES;
            case "not_found msg" -> Recalled.GONE;
            default -> Recalled.NO;
        };
    }
}
