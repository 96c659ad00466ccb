package dev.caravan.migration.verification;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.caravan.ledger.Inventory;
import dev.caravan.ledger.Inventory.Entry;
import dev.caravan.model.Kind;

/**
 * The target after a rollback, against what stood there before the first run.
 *
 * @param ours what runs made and what is still there
 * @param theirs what came, went or changed by others' hands
 */
public record InventoryComparison(List<Difference> ours, List<Difference> theirs) {

    /** What became of it. */
    public enum What {
        LEFT,
        APPEARED,
        CHANGED,
        VANISHED;

        /** A stable word, key {@code inventory.<word>} of the words for people. */
        @JsonValue
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param name on the target */
    public record Difference(String kind, String name, What what) {}

    public InventoryComparison {
        ours = List.copyOf(ours);
        theirs = List.copyOf(theirs);
    }

    /** While the target is being read. */
    static final class Building {

        private final Map<Kind, Map<String, String>> before = new EnumMap<>(Kind.class);
        private final Inventory inventory;
        private final List<Difference> ours = new ArrayList<>();
        private final List<Difference> theirs = new ArrayList<>();

        Building(Inventory inventory) {
            this.inventory = inventory;
        }

        void found(List<Entry> entries) {
            entries.forEach(this::found);
        }

        private void found(Entry entry) {
            var known = known(entry.kind());
            if (!known.containsKey(entry.name())) {
                if (isOfMadeChannel(entry)) {
                    ours.add(difference(entry, What.LEFT));
                } else {
                    theirs.add(difference(entry, What.APPEARED));
                }
                return;
            }
            var hash = known.remove(entry.name());
            if (hash == null) {
                ours.add(difference(entry, What.LEFT));
            } else if (!hash.equals(entry.hash())) {
                theirs.add(difference(entry, What.CHANGED));
            }
        }

        private boolean isOfMadeChannel(Entry entry) {
            if (entry.kind() != Kind.MEMBERSHIP) {
                return false;
            }
            var channel = entry.name().substring(0, entry.name().lastIndexOf('/'));
            return ours.contains(new Difference(Kind.CHANNEL.word(), channel, What.LEFT));
        }

        InventoryComparison end() {
            for (var kind : List.of(Kind.USER, Kind.CHANNEL, Kind.MEMBERSHIP)) {
                known(kind).forEach((name, hash) -> {
                    if (hash != null) {
                        theirs.add(new Difference(kind.word(), name, What.VANISHED));
                    }
                });
            }
            return new InventoryComparison(ours, theirs);
        }

        private Map<String, String> known(Kind kind) {
            return before.computeIfAbsent(kind, inventory::ofKind);
        }

        private static Difference difference(Entry entry, What what) {
            return new Difference(entry.kind().word(), entry.name(), what);
        }
    }
}
