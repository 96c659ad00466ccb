package dev.caravan.migration.verification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import dev.caravan.ledger.Ledger;
import dev.caravan.model.Kind;

/** Who is in which channel of the target, as far as the ledger knows. */
final class KnownMemberships {

    private static final String DIRECT = "direct/";

    private final Ledger ledger;
    private final Map<String, String> channels = new HashMap<>();

    KnownMemberships(Ledger ledger) {
        this.ledger = ledger;
        for (var link : ledger.links().ofKind(Kind.CHANNEL)) {
            if (!link.leftOut() && !link.target().startsWith(DIRECT)) {
                channels.put(link.sourceId(), DirectoryComparison.withoutType(link.target()));
            }
        }
    }

    /** @param pair takes the names of person and channel; all pairs of one person come one after the other */
    void forEach(BiConsumer<String, String> pair) {
        var groups = groups();
        try (var rows = ledger.records().byTargetId(Kind.MEMBERSHIP)) {
            rows.forEachRemaining(row -> {
                var user = row.targetId();
                groups.getOrDefault(user, List.of()).forEach(channel -> pair.accept(user, channel));
                groups.remove(user);
                var id = row.key().id();
                var channel = channels.get(id.substring(0, Math.max(0, id.lastIndexOf('/'))));
                if (channel != null) {
                    pair.accept(user, channel);
                }
            });
        }
        groups.forEach((user, names) -> names.forEach(channel -> pair.accept(user, channel)));
    }

    /** By person, the channels that groups became. */
    private Map<String, List<String>> groups() {
        var groups = new HashMap<String, List<String>>();
        try (var rows = ledger.records().byTargetId(Kind.CHANNEL)) {
            rows.forEachRemaining(row -> {
                var channel = channels.get(row.key().id());
                if (channel != null) {
                    DirectoryDigests.members(row.digests())
                            .forEach(user -> groups.computeIfAbsent(user, u -> new ArrayList<>())
                                    .add(channel));
                }
            });
        }
        return groups;
    }
}
