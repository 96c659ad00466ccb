package dev.caravan.connector.agora;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.caravan.model.Kind;
import dev.caravan.transport.TargetPlaces;
import jakarta.enterprise.context.ApplicationScoped;

/** Ids of messages with the group, or the other person, and the time they stand at. */
@ApplicationScoped
public class AgoraPlaces implements TargetPlaces {

    @Override
    public String sinkKind() {
        return AgoraNames.SINK;
    }

    @Override
    public Place of(Arrived arrived, Map<String, String> sink) {
        if (arrived.kind() != Kind.MESSAGE || arrived.targetId() == null) {
            return BY_ID.of(arrived, sink);
        }
        var sent = SentMessage.of(arrived.targetId());
        return new Place(
                null,
                sent.to().group() ? "agora-group" : "agora-person",
                List.of(String.join(", ", sent.ids()), sent.to().id(), Instant.ofEpochMilli(sent.time())));
    }
}
