package dev.caravan.migration.road;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.caravan.ledger.Commit;
import dev.caravan.ledger.DeadLetters;
import dev.caravan.ledger.Done;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LetterIdentity;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.RecordState;
import dev.caravan.ledger.Row;
import dev.caravan.migration.verification.DirectoryDigests;
import dev.caravan.migration.verification.FieldDigests;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;
import dev.caravan.transform.link.Directory;
import dev.caravan.transform.link.TargetText;

/**
 * The step {@code commit}: what became of every record of the batch, its dead letters, findings and links, the counts and
 * the checkpoint, in one transaction (invariants 1, 2 and 5).
 */
public final class Committing {

    private static final String UNCERTAIN = "uncertain";

    private final int run;
    private final Ledger ledger;
    private final Directory directory;
    private final TargetText targetText;
    private final DirectoryDigests directoryDigests;
    private final RecordRows recordRows;

    /** @param run whose account is written */
    public Committing(int run, Ledger ledger, Directory directory, TargetText targetText) {
        this.run = run;
        this.ledger = ledger;
        this.directory = directory;
        this.targetText = targetText;
        this.directoryDigests = new DirectoryDigests(targetText);
        this.recordRows = new RecordRows(run, directory);
    }

    /** @param joined the open transaction in which the sink wrote the batch; null when it ended its own */
    public Committed commit(Batch batch, Connection joined) {
        var counter = new Tally.Counter();
        var rows = new ArrayList<Row>(batch.items().size());
        var effects = new ArrayList<Done>();
        var refused = new ArrayList<>(batch.refused());
        var digests = new FieldDigests(targetText);
        for (Item item : batch.items()) {
            if (item.outcome() instanceof Outcome.Accepted accepted) {
                var state = batch.letters().isEmpty() ? RecordState.DELIVERED : RecordState.MENDED;
                rows.add(row(batch.kind(), item, accepted, digests, state));
                LiveAnswers.effects(run, batch.kind(), item, directory).forEach(effects::add);
                count(counter, batch.kind(), item);
            } else if (item.outcome() instanceof Outcome.Unknown) {
                rows.add(recordRows.row(batch.kind(), item, RecordState.UNCERTAIN, null, null, null));
                refused.add(uncertain(batch.kind(), item));
            } else if (item.outcome() instanceof Outcome.Refused no) {
                refused.add(item.refuse(batch.kind(), "deliver", no.cause(), no.detail()));
            } else {
                throw new IllegalStateException("the sink left a record without an outcome");
            }
        }
        var again = takeReplayed(refused, counter);
        var through = new HashSet<>(batch.letters());
        through.removeAll(again.keySet());
        settle(refused, counter);
        var causes = new HashMap<String, Long>();
        Stream.concat(refused.stream(), again.values().stream())
                .forEach(refusal -> causes.merge(refusal.cause(), 1L, Long::sum));
        batch.findings().forEach(finding -> counter.add(finding.kind(), Tally.What.FINDING, finding.rule(), 1));
        var tally = batch.tally().plus(counter.tally());
        var commit = Commit.of(run, batch.kind(), batch.lane().id())
                .withPosition(batch.position())
                .withRows(rows)
                .withLinks(batch.links())
                .withRefused(refused)
                .withFindings(batch.findings())
                .withTally(tally)
                .withReplayed(through, again)
                .withEffects(effects);
        ledger.commit(commit, joined);
        return new Committed(tally, causes);
    }

    /** Perhaps it is on the target, perhaps not; a person may find out, and waive it or send it again. */
    static Refusal uncertain(Kind kind, Item item) {
        return item.refuse(
                kind, "deliver", UNCERTAIN, "sent, but the answer was lost; look whether it is on the target");
    }

    private Row row(Kind kind, Item item, Outcome.Accepted accepted, FieldDigests digests, RecordState state) {
        return recordRows.row(
                kind,
                item,
                state,
                accepted.targetId() == null || kind == Kind.MEMBERSHIP ? linkedTo(kind, item) : accepted.targetId(),
                accepted.stage(),
                kind == Kind.MESSAGE ? digests.of(item.linked()) : directoryDigests.of(kind, item.linked()));
    }

    /** What the link step named a record of the directory, of a membership the person; messages have no name. */
    private String linkedTo(Kind kind, Item item) {
        var links = item.linked().path("links");
        return switch (kind) {
            case USER, EMOJI -> links.path("name").asText();
            case CHANNEL -> directory.conversation(item.id()).orElseThrow().target();
            case MEMBERSHIP -> links.path("user").asText();
            case MESSAGE -> null;
        };
    }

    private static void count(Tally.Counter counter, Kind kind, Item item) {
        if (Opening.placeholder(item)) {
            counter.add(kind.word(), Tally.What.CREATED, "placeholder", 1);
            return;
        }
        if (item.target().objects() == 0) {
            counter.add(kind.word(), Tally.What.FILTERED, item.target().rules().get(0), 1);
            return;
        }
        PartCounts.add(counter, kind, item, Tally.What.DELIVERED);
        counter.add(kind.word(), Tally.What.SPLIT, item.target().objects() - 1L);
    }

    /** Takes what was refused in a replay out of the list: those are dead letters already, and dead again. */
    private static Map<Long, Refusal> takeReplayed(List<Refusal> refused, Tally.Counter counter) {
        var again = new HashMap<Long, Refusal>();
        refused.removeIf(refusal -> {
            var letter = Replayed.letter(refusal.context());
            letter.ifPresent(number -> {
                var part = Replayed.partIn(refusal.context());
                counter.add(part == null ? refusal.kind().word() : part, Tally.What.DEAD, 1);
                again.put(number, refusal);
            });
            return letter.isPresent();
        });
        return again;
    }

    /** What a person waived or mended before is not dead again when the source is read anew. */
    private void settle(List<Refusal> refused, Tally.Counter counter) {
        if (refused.isEmpty()) {
            return;
        }
        var settled = ledger.deadLetters()
                .settled(refused.stream().map(LetterIdentity::of).toList());
        refused.removeIf(refusal -> {
            var state = settled.get(LetterIdentity.of(refusal));
            var kind = refusal.part() == null ? refusal.kind().word() : refusal.part();
            if (state == null) {
                counter.add(kind, Tally.What.DEAD, 1);
            } else if (state == LetterState.WAIVED) {
                counter.add(kind, Tally.What.FILTERED, DeadLetters.WAIVED, 1);
            } else {
                counter.add(kind, Tally.What.UNCHANGED, 1);
            }
            return state != null;
        });
    }
}
