package dev.caravan.connector.mattermost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;

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
import dev.caravan.model.Link;
import dev.caravan.model.StageSlot;
import dev.caravan.model.Tally;
import dev.caravan.transform.link.TargetNames.Place;

/** Answers a seal from the ledger, lane by lane. */
final class LedgerSealSource implements SealSource {

    private static final int AT_ONCE = 5000;
    private static final String DIRECT = "direct/";

    private final Ledger ledger;
    private final int run;
    private final int number;
    /** Lane number by key of the target conversation, in the order of the package: channels by name, then direct ones. */
    private final Map<String, Integer> channels = new TreeMap<>();

    private final Map<String, Integer> directs = new TreeMap<>();
    private final List<AssignedTime> assigned = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Tally.Counter counter = new Tally.Counter();

    LedgerSealSource(SealRequest request) {
        this.ledger = request.ledger();
        this.run = request.run();
        this.number = request.number();
        for (Link link : ledger.links().ofKind(Kind.CHANNEL)) {
            if (!link.leftOut()) {
                (link.target().startsWith(DIRECT) ? directs : channels).put(byName(link.target()), link.number());
            }
        }
    }

    /** Type and name the other way round, so that the order is the name's. */
    private static String byName(String target) {
        int slash = target.indexOf('/');
        return target.substring(slash + 1) + "/" + target.substring(0, slash);
    }

    private static Place place(String byName) {
        int slash = byName.lastIndexOf('/');
        return new Place(byName.substring(slash + 1), byName.substring(0, slash));
    }

    @Override
    public Rows<StageSlot> emoji() {
        return new Mapped<>(new Opened<>(ledger.records().byTargetId(Kind.EMOJI)), Row::slot);
    }

    @Override
    public Rows<Conversation> channels() {
        return conversations(channels);
    }

    @Override
    public Rows<Conversation> directs() {
        return conversations(directs);
    }

    private Rows<Conversation> conversations(Map<String, Integer> wanted) {
        var staged = new HashMap<String, Conversation>();
        try (var rows = ledger.imports().byTargetId(Kind.CHANNEL)) {
            rows.forEachRemaining(row -> staged.merge(
                    row.row().targetId(),
                    new Conversation(null, row.isImported(), row.row().slot()),
                    (first, next) -> first.imported() || !next.imported() ? first : next));
        }
        return new Listed<>(wanted.keySet().stream()
                .map(LedgerSealSource::place)
                .map(place -> {
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
                lanes(lane -> ledger.imports().byThread(number, lane)),
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
        return new Mapped<>(lanes(open), lane -> message(lane.place(), lane.value()));
    }

    private <T> Lanes<T> lanes(IntFunction<Cursor<T>> open) {
        var lanes = new ArrayList<>(channels.entrySet());
        lanes.addAll(directs.entrySet());
        return new Lanes<>(lanes, open);
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
        int lane = lane(message.place());
        assigned.add(new AssignedTime(lane, new Key(message.time(), message.id()), createAt));
        if (assigned.size() >= AT_ONCE) {
            flush();
        }
    }

    private int lane(String place) {
        var byName = byName(place);
        return channels.getOrDefault(byName, directs.get(byName));
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

    private record InPlace<T>(String place, T value) {}

    /** The messages of one lane after the other. */
    private static final class Lanes<T> implements Rows<InPlace<T>> {

        private final Iterator<Map.Entry<String, Integer>> lanes;
        private final IntFunction<Cursor<T>> open;
        private String place;
        private Cursor<T> rows;

        Lanes(List<Map.Entry<String, Integer>> lanes, IntFunction<Cursor<T>> open) {
            this.lanes = lanes.iterator();
            this.open = open;
        }

        @Override
        public boolean hasNext() {
            while ((rows == null || !rows.hasNext()) && lanes.hasNext()) {
                close();
                var lane = lanes.next();
                place = place(lane.getKey()).key();
                rows = open.apply(lane.getValue());
            }
            return rows != null && rows.hasNext();
        }

        @Override
        public InPlace<T> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return new InPlace<>(place, rows.next());
        }

        @Override
        public void close() {
            if (rows != null) {
                rows.close();
                rows = null;
            }
        }
    }
}
