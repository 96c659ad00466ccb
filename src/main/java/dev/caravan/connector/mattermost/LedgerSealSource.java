package dev.caravan.connector.mattermost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import dev.caravan.ledger.AssignedTime;
import dev.caravan.ledger.Cursor;
import dev.caravan.ledger.Key;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Row;
import dev.caravan.ledger.Seal;
import dev.caravan.ledger.SealRequest;
import dev.caravan.ledger.Staged;
import dev.caravan.ledger.Timed;
import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.StageSlot;
import dev.caravan.model.Tally;
import dev.caravan.transform.link.TargetNames.Place;

/** Answers a seal from the ledger, lane by lane. */
final class LedgerSealSource implements SealSource {

    private static final int AT_ONCE = 5000;

    private final Ledger ledger;
    private final int run;
    private final int number;
    private final LaneOrder order;
    private final List<AssignedTime> assigned = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Tally.Counter counter = new Tally.Counter();

    LedgerSealSource(SealRequest request) {
        this.ledger = request.ledger();
        this.run = request.run();
        this.number = request.number();
        this.order = new LaneOrder(ledger.links().ofKind(Kind.CHANNEL));
    }

    @Override
    public Rows<StageSlot> emoji() {
        return new Mapped<>(new Opened<>(ledger.records().byTargetId(Kind.EMOJI)), Row::slot);
    }

    @Override
    public Rows<Conversation> channels() {
        return conversations(order.channels());
    }

    @Override
    public Rows<Conversation> directs() {
        return conversations(order.directs());
    }

    private Rows<Conversation> conversations(Stream<Place> wanted) {
        var staged = new HashMap<String, Conversation>();
        try (var rows = ledger.imports().byTargetId(Kind.CHANNEL)) {
            rows.forEachRemaining(row -> staged.merge(
                    row.row().targetId(),
                    new Conversation(null, row.isImported(), row.row().slot()),
                    (first, next) -> first.imported() || !next.imported() ? first : next));
        }
        return new Listed<>(wanted.map(place -> {
                    var known = staged.getOrDefault(place.key(), new Conversation(place, false, null));
                    return new Conversation(place, known.imported(), known.slot());
                })
                .iterator());
    }

    @Override
    public Rows<Person> people() {
        return new LedgerPeople(
                ledger.imports().byTargetId(Kind.USER), ledger.imports().byTargetId(Kind.MEMBERSHIP));
    }

    @Override
    public Rows<Message> byTime() {
        return times(lane -> ledger.imports().byTime(lane));
    }

    @Override
    public Rows<Message> imported() {
        boolean any = ledger.seals().all().stream().anyMatch(Seal::imported);
        return any ? times(lane -> ledger.imports().imported(lane)) : new Listed<>(Collections.emptyIterator());
    }

    @Override
    public Rows<Message> byThread() {
        flush();
        return new Mapped<>(
                order.rows(lane -> ledger.imports().byThread(number, lane)),
                lane -> message(lane.place(), edited(lane.value())));
    }

    private Staged edited(Staged staged) {
        if (staged.isChangedSince()) {
            var id = staged.row().key().id();
            found(new Finding(
                    MattermostRule.EDITED_AFTER_IMPORT.id(),
                    Kind.MESSAGE.word(),
                    id,
                    "run " + staged.row().run()));
            if (staged.row().run() == run) {
                counter.add(Kind.MESSAGE.word(), Tally.What.DELIVERED, -1)
                        .add(Kind.MESSAGE.word(), Tally.What.FILTERED, MattermostRule.EDITED_AFTER_IMPORT.id(), 1);
            }
        }
        return staged;
    }

    private Rows<Message> times(IntFunction<Cursor<Timed>> open) {
        return new Mapped<>(order.rows(open), lane -> message(lane.place(), lane.value()));
    }

    private static Message message(String place, Timed timed) {
        boolean imported = timed.imported() != null;
        return new Message(
                place,
                timed.key().id(),
                null,
                timed.key().time(),
                timed.objects(),
                null,
                imported ? timed.imported() : 0,
                imported);
    }

    private static Message message(String place, Staged staged) {
        var row = staged.row();
        var imported = staged.imported();
        var root = imported == null ? row.root() : imported.root();
        return new Message(
                place,
                row.key().id(),
                root == null ? null : root.id(),
                row.key().time(),
                imported == null ? row.objects() : imported.objects(),
                imported == null ? row.slot() : imported.slot(),
                imported == null ? staged.createAt() : imported.createAt(),
                imported != null);
    }

    @Override
    public void assign(Message message, long createAt) {
        int lane = order.lane(message.place());
        assigned.add(new AssignedTime(lane, new Key(message.time(), message.id()), createAt));
        if (assigned.size() >= AT_ONCE) {
            flush();
        }
    }

    @Override
    public void file(String path, String sha256, long bytes) {
        // the package itself says what lies in it; verification reads it from there
    }

    @Override
    public void found(Finding finding) {
        counter.add(finding.kind(), Tally.What.FINDING, finding.rule(), 1);
        findings.add(finding);
        if (findings.size() >= AT_ONCE) {
            flush();
        }
    }

    /** What the seal changes in the account of its run. */
    Tally tally() {
        return counter.tally();
    }

    /** Brings the assigned times and findings that are still held into the ledger. */
    void flush() {
        ledger.seals().assign(number, assigned);
        assigned.clear();
        ledger.seals().found(run, number, findings);
        findings.clear();
    }

    private record Mapped<F, T>(Rows<F> rows, Function<F, T> map) implements Rows<T> {
        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public T next() {
            return map.apply(rows.next());
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    private record Opened<T>(Cursor<T> cursor) implements Rows<T> {
        @Override
        public boolean hasNext() {
            return cursor.hasNext();
        }

        @Override
        public T next() {
            return cursor.next();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    private record Listed<T>(Iterator<T> list) implements Rows<T> {
        @Override
        public boolean hasNext() {
            return list.hasNext();
        }

        @Override
        public T next() {
            return list.next();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
