package dev.caravan.connector.agora;

import java.util.Map;
import java.util.Optional;

import dev.caravan.transform.mapping.TargetRules;
import jakarta.enterprise.context.ApplicationScoped;

/** What each {@link AgoraRule} costs. */
@ApplicationScoped
public class AgoraEffects implements TargetRules {

    @Override
    public String sinkKind() {
        return AgoraNames.SINK;
    }

    @Override
    public Map<String, Effect> effects() {
        return AgoraRule.effects();
    }

    @Override
    public Optional<String> inventedEmail() {
        return Optional.empty();
    }

    @Override
    public void requireValid(Map<String, String> settings) {
        // what is missing or wrong is said when the sink is opened, before anything is read
    }
}
