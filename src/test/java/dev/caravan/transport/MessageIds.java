package dev.caravan.transport;

import java.util.Optional;

import dev.caravan.model.Kind;

/** What a ledger would know of messages, and of nothing else. */
@FunctionalInterface
public interface MessageIds extends TargetIds {

    @Override
    default Optional<String> of(Kind kind, String sourceId) {
        return Optional.empty();
    }
}
