package dev.caravan.migration.road;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.caravan.ledger.Key;
import dev.caravan.ledger.Known;
import dev.caravan.ledger.RecordState;
import dev.caravan.ledger.Records;
import dev.caravan.migration.camel.Capabilities;
import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;
import dev.caravan.transform.link.Directory;

/**
 * The step {@code open}: what the ledger knows of these records decides what is still to be sent (invariant 3). Equal to
 * what was delivered: unchanged, dropped. Older than what was delivered: dropped. What the ledger holds in the batch's
 * span and the source no longer has was deleted there: a finding. What was on its way when a run broke off is settled first.
 */
public final class Opening {

    /** As the cleansing calls it within a batch. */
    private static final String DUPLICATE = "duplicate-id";

    private final int run;
    private final Records records;
    private final Directory directory;
    private final Capabilities sink;

    /** @param run whose account is written */
    public Opening(int run, Records records, Directory directory, Capabilities sink) {
        this.run = run;
        this.records = records;
        this.directory = directory;
        this.sink = sink;
    }

    public Batch open(Batch batch) {
        var known = known(batch);
        var left = new ArrayList<Item>(batch.items().size());
        var refused = new ArrayList<Refusal>();
        var findings = new ArrayList<Finding>();
        var counter = new Tally.Counter();
        Set<Key> seen = new HashSet<>();
        for (Item item : batch.items()) {
            var key = RecordKeys.key(batch.kind(), item);
            var before = known.get(key);
            seen.add(key);
            if (before == null) {
                left.add(nothingToSend(item) ? item.withOutcome(new Outcome.Accepted(null, null)) : item);
            } else if (under(before)) {
                pick(batch, item, before, left, refused);
            } else if (repeated(item, before)) {
                repeat(batch.kind(), item, before, left, findings, counter);
            } else if (Arrays.equals(before.hash(), item.target().hash()) || older(batch.kind(), item, before)) {
                if (!placeholder(item)) {
                    PartCounts.add(counter, batch.kind(), item, Tally.What.UNCHANGED);
                }
            } else {
                change(batch.kind(), item, before, counter).ifPresent(left::add);
                if (before.version() > 0) {
                    findings.add(new Finding("edited-since", batch.kind().word(), key.id(), "run " + before.run()));
                }
            }
        }
        if (batch.span() != null) {
            findings.addAll(deleted(batch, known, seen));
        }
        return batch.withItems(left).plusRefused(refused).plusFindings(findings).plusTally(counter.tally());
    }

    /** Whether an earlier batch of this very run brought the same id: the source has it twice. */
    private boolean repeated(Item item, Known before) {
        return before.run() == run
                && before.version() > 0
                && !placeholder(item)
                && Replayed.letter(item.source().path(Item.CONTEXT)).isEmpty();
    }

    /** As within one batch: the later edit stays, else the first. One of them is filtered, either way. */
    private void repeat(
            Kind kind, Item item, Known before, List<Item> left, List<Finding> findings, Tally.Counter counter) {
        counter.add(kind.word(), Tally.What.FILTERED, DUPLICATE, 1);
        findings.add(new Finding(DUPLICATE, kind.word(), item.id(), "again at " + item.origin()));
        if (RecordKeys.version(kind, item.canonical()) > before.version() && sink.edits()) {
            left.add(item.withTarget(item.target().withPresent(before.targetId())));
            // The record it takes the place of was counted as delivered.
            PartCounts.takeBack(counter, kind, item);
        }
    }

    /** A file sink notes in its stage what a rule left out; a running system need not hear of it. */
    private boolean nothingToSend(Item item) {
        return sink.live() && item.target().objects() == 0;
    }

    /** Whether the record was on its way to a live target when a run broke off, and what became of it is to be settled. */
    private static boolean under(Known before) {
        return switch (before.state()) {
            case INTENT, SENT, UNCERTAIN -> true;
            case DELIVERED, DELETED, MENDED -> false;
        };
    }

    private void pick(Batch batch, Item item, Known before, List<Item> left, List<Refusal> refused) {
        var changed = !Arrays.equals(before.hash(), item.target().hash());
        if (before.state() == RecordState.SENT && (!changed || !sink.edits())) {
            left.add(item.withOutcome(new Outcome.Accepted(before.targetId(), null)));
        } else if (before.targetId() != null) {
            left.add(item.withTarget(item.target().withPresent(before.targetId())));
        } else if (before.state() == RecordState.INTENT) {
            left.add(item.withOutcome(new Outcome.Unknown()));
        } else if (Replayed.letter(item.source().path(Item.CONTEXT)).isPresent()) {
            left.add(item);
        } else {
            refused.add(Committing.uncertain(batch.kind(), item));
        }
    }

    /** The record as one that replaces what is there; nothing where the target cannot replace. */
    private Optional<Item> change(Kind kind, Item item, Known before, Tally.Counter counter) {
        if (sink.edits()) {
            return Optional.of(item.withTarget(item.target().withPresent(before.targetId())));
        }
        PartCounts.add(counter, kind, item, Tally.What.UNCHANGED);
        return Optional.empty();
    }

    static boolean placeholder(Item item) {
        return item.canonical().path("placeholder").asBoolean();
    }

    private static boolean older(Kind kind, Item item, Known before) {
        return RecordKeys.version(kind, item.canonical()) < before.version();
    }

    private Map<Key, Known> known(Batch batch) {
        Map<Integer, List<Key>> wanted = new HashMap<>();
        if (batch.span() != null) {
            batch.lane().conversations().stream()
                    .flatMap(id -> directory.conversation(id).stream())
                    .filter(link -> !link.leftOut())
                    .forEach(link -> wanted.put(link.number(), List.of()));
        } else {
            batch.items().forEach(item -> wanted.computeIfAbsent(
                            RecordKeys.lane(batch.kind(), item, directory), lane -> new ArrayList<>())
                    .add(RecordKeys.key(batch.kind(), item)));
        }
        Map<Key, Known> known = new HashMap<>();
        wanted.forEach((lane, keys) -> {
            if (batch.span() != null) {
                records.known(batch.kind(), lane, batch.span()).forEach(row -> known.put(row.key(), row));
            } else {
                records.find(batch.kind(), lane, keys).forEach(row -> known.put(row.key(), row.known()));
            }
        });
        return known;
    }

    private static List<Finding> deleted(Batch batch, Map<Key, Known> known, Set<Key> seen) {
        Set<String> refused = new HashSet<>();
        batch.refused().stream().map(Refusal::sourceId).forEach(refused::add);
        return known.values().stream()
                .filter(row -> row.version() > 0
                        && row.state() == RecordState.DELIVERED
                        && !seen.contains(row.key())
                        && !refused.contains(row.key().id()))
                .map(row -> new Finding(
                        "deleted-at-source", batch.kind().word(), row.key().id(), "run " + row.run()))
                .toList();
    }
}
