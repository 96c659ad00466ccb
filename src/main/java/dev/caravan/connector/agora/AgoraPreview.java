package dev.caravan.connector.agora;

import java.time.Instant;
import java.util.Map;

import dev.caravan.transform.mapping.TargetForecast;
import dev.caravan.transport.TargetProbe;
import jakarta.enterprise.context.ApplicationScoped;

/** What {@code check} and {@code probe} tell of an app before anything is moved to it. */
@ApplicationScoped
public class AgoraPreview implements TargetForecast, TargetProbe {

    @Override
    public String sinkKind() {
        return AgoraNames.SINK;
    }

    @Override
    public Count count(Map<String, String> properties) {
        return new AgoraCount(properties, Instant.now());
    }

    @Override
    public Result probe(Map<String, String> properties) {
        try (var probe = new AgoraProbe(properties)) {
            return probe.probe();
        }
    }
}
