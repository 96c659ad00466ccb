package dev.caravan.migration.letters;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;

import dev.caravan.ledger.Letter;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Lane;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;
import dev.caravan.transform.cleanse.ByteRepair;

/**
 * Letters as batches for the road, each of one kind and one conversation. Every batch takes its letters out of the count
 * of the dead; what the road refuses again goes back in, so that at each commit the account is right (invariant 1).
 */
final class LetterBatches implements BatchReader {

    /** Raw bytes in one batch. */
    private static final long BATCH_BYTES = 16L << 20;

    private final Function<List<Long>, List<Letter>> take;
    private final int account;
    private final List<Selection.Found> letters;
    private final LetterRecords records;
    private final int batchSize;
    private int next;

    /**
     * @param take the letters of these numbers that are still to be sent; nobody mends them from then on
     * @param account the run whose account is written
     */
    LetterBatches(
            Function<List<Long>, List<Letter>> take,
            int account,
            List<Selection.Found> letters,
            ByteRepair repair,
            int batchSize) {
        this.take = take;
        this.account = account;
        this.letters = letters;
        this.records = new LetterRecords(repair);
        this.batchSize = batchSize;
    }

    @Override
    public boolean hasNext() {
        return next < letters.size();
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var first = letters.get(next);
        var numbers = new ArrayList<Long>();
        long bytes = 0;
        for (int taken = 0; hasNext() && taken < batchSize && bytes < BATCH_BYTES; taken++) {
            var found = letters.get(next);
            if (found.kind() != first.kind() || !found.conversation().equals(first.conversation())) {
                break;
            }
            bytes += found.size();
            next++;
            numbers.add(found.id());
        }
        var filling = new Filling();
        take.apply(numbers).forEach(filling::add);
        var lane = first.conversation().isEmpty() ? Lane.WHOLE : Lane.of(first.conversation());
        return new Batch(
                first.kind(),
                lane,
                null,
                null,
                filling.items,
                filling.refused,
                filling.findings,
                List.of(),
                filling.counter.tally(),
                filling.letters);
    }

    @Override
    public void close() {
        // the ledger is somebody else's
    }

    /** A batch in the making. */
    private final class Filling {
        private final List<Item> items = new ArrayList<>();
        private final List<Refusal> refused = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private final Tally.Counter counter = new Tally.Counter();
        private final Set<Long> letters = new HashSet<>();

        void add(Letter letter) {
            var head = letter.head();
            var read = records.of(letter);
            letters.add(head.id());
            items.addAll(read.items());
            refused.addAll(read.refused());
            findings.addAll(read.findings());
            var kind = head.part() == null ? head.kind().word() : head.part();
            int more = read.items().size() + read.refused().size() - 1;
            if (head.run() == account) {
                counter.add(kind, Tally.What.DEAD, -1).add(kind, Tally.What.READ, Tally.REPLAYED, more);
            } else {
                // Another run's account does not have it, neither as read nor as dead.
                counter.add(kind, Tally.What.READ, Tally.REPLAYED, more + 1L);
            }
        }
    }
}
