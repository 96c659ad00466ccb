package dev.caravan.connector.matrix;

import java.util.Map;
import java.util.Optional;

import dev.caravan.transform.mapping.TargetRules;
import jakarta.enterprise.context.ApplicationScoped;

/** What each {@link MatrixRule} costs. */
@ApplicationScoped
public class MatrixRules implements TargetRules {

    @Override
    public String sinkKind() {
        return MatrixNames.SINK;
    }

    @Override
    public Map<String, Effect> effects() {
        return MatrixRule.effects();
    }

    @Override
    public Optional<String> inventedEmail() {
        return Optional.empty();
    }

    @Override
    public void requireValid(Map<String, String> settings) {
        MatrixSettings.of(settings);
    }
}
