package dev.caravan.connector.slack;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Problem;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;

/** Batches of what is no message. The position is the number of elements passed, or {@code end}. */
final class DirectoryReader implements BatchReader {

    private static final String END = "end";

    private final Kind kind;
    private final int batchRecords;
    private final Iterator<DirectoryRecords.Step> steps;
    private final Runnable onClose;
    private long passed;
    private boolean ended;
    /** What is to be told with the first batch. */
    private List<Finding> findings;

    DirectoryReader(
            Kind kind,
            String position,
            int batchRecords,
            Iterator<DirectoryRecords.Step> steps,
            List<Finding> findings,
            Runnable onClose) {
        this.kind = kind;
        this.batchRecords = batchRecords;
        this.steps = steps;
        this.onClose = onClose;
        this.ended = END.equals(position);
        this.findings = position == null ? findings : List.of();
        if (position != null && !ended) {
            skip(position);
        }
    }

    private void skip(String position) {
        try {
            for (long wanted = Long.parseLong(position); passed < wanted && steps.hasNext(); passed++) {
                steps.next();
            }
        } catch (NumberFormatException e) {
            throw new Problem(e, "CRV-124", position);
        }
    }

    @Override
    public boolean hasNext() {
        return !ended && (steps.hasNext() || !findings.isEmpty());
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var items = new ArrayList<Item>();
        var refused = new ArrayList<Refusal>();
        var found = new ArrayList<>(findings);
        findings = List.of();
        long older = 0;
        for (int n = 0; n < batchRecords && steps.hasNext(); n++, passed++) {
            var step = steps.next();
            if (step.item() != null) {
                items.add(step.item());
            } else if (step.refusal() != null) {
                refused.add(step.refusal());
            } else if (step.older()) {
                older++;
            }
            if (step.finding() != null) {
                found.add(step.finding());
            }
        }
        ended = !steps.hasNext();
        var filtered = Tally.NONE
                .plus(kind.word(), Tally.What.READ, older)
                .plus(kind.word(), Tally.What.FILTERED, "duplicate", older);
        return Batch.read(kind, Lane.WHOLE, ended ? END : Long.toString(passed), null, items, refused)
                .plusFindings(found)
                .plusTally(filtered);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
