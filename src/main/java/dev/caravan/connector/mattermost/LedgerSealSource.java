package dev.caravan.connector.mattermost;

import java.util.ArrayList;
import java.util.Collection;
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
import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.model.StageSlot;
import dev.caravan.transform.link.TargetNames.Place;

/** Answers a seal from the ledger, lane by lane. */
final class LedgerSealSource implements SealSource {

    private static final int ASSIGNED_AT_ONCE = 5000;
    private static final String DIRECT = "direct/";

    private final Ledger ledger;
    private final int number;
    /** Lane number by key of the target conversation, in the order of the package: channels by name, then direct ones. */
    private final Map<String, Integer> channels = new TreeMap<>();

    private final Map<String, Integer> directs = new TreeMap<>();
    private final List<AssignedTime> assigned = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    LedgerSealSource(Ledger ledger, int number) {
        this.ledger = ledger;
        this.number = number;
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
        return new Mapped<>(ledger.records().byTargetId(Kind.EMOJI), Row::slot);
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
        var slots = new HashMap<String, StageSlot>();
        try (var rows = ledger.records().byTargetId(Kind.CHANNEL)) {
            rows.forEachRemaining(row -> slots.putIfAbsent(row.targetId(), row.slot()));
        }
        return new Listed<>(wanted.keySet().stream()
                .map(LedgerSealSource::place)
                .map(place -> new Conversation(place, slots.get(place.key())))
                .iterator());
    }

    @Override
    public Rows<Person> people() {
        return new People(
                ledger.records().byTargetId(Kind.USER), ledger.records().byTargetId(Kind.MEMBERSHIP));
    }

    @Override
    public Rows<Message> byTime() {
        return messages(lane -> ledger.records().inOrder(Kind.MESSAGE, lane), lane -> Map.of());
    }

    @Override
    public Rows<Message> imported() {
        return new Listed<>(List.<Message>of().iterator());
    }

    @Override
    public Rows<Message> byThread() {
        flush();
        return messages(lane -> ledger.records().byThread(lane), this::assignedIn);
    }

    private Map<Key, Long> assignedIn(int lane) {
        var times = new HashMap<Key, Long>();
        try (var rows = ledger.seals().assigned(number, lane)) {
            rows.forEachRemaining(time -> times.put(time.key(), time.createAt()));
        }
        return times;
    }

    private Rows<Message> messages(IntFunction<Cursor<Row>> open, IntFunction<Map<Key, Long>> times) {
        var lanes = new ArrayList<>(channels.entrySet());
        lanes.addAll(directs.entrySet());
        return new Lanes(lanes, open, times);
    }

    @Override
    public void assign(Message message, long createAt) {
        int lane = lane(message.place());
        assigned.add(new AssignedTime(lane, new Key(message.time(), message.id()), createAt));
        if (assigned.size() >= ASSIGNED_AT_ONCE) {
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
        findings.add(finding);
    }

    Collection<Finding> findings() {
        return findings;
    }

    /** Brings the assigned times that are still held into the ledger. */
    void flush() {
        ledger.seals().assign(number, assigned);
        assigned.clear();
    }

    private record Mapped<F, T>(Cursor<F> rows, Function<F, T> map) implements Rows<T> {
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

    /** Accounts by name, each with the memberships of all source people who became it. */
    private static final class People implements Rows<Person> {

        private final Cursor<Row> users;
        private final Cursor<Row> memberships;
        private Row user;
        private Row membership;

        People(Cursor<Row> users, Cursor<Row> memberships) {
            this.users = users;
            this.memberships = memberships;
            this.user = next(users);
            this.membership = next(memberships);
        }

        @Override
        public boolean hasNext() {
            return user != null;
        }

        @Override
        public Person next() {
            if (user == null) {
                throw new NoSuchElementException();
            }
            var name = user.targetId();
            var slot = user.slot();
            while (user != null && user.targetId().equals(name)) {
                user = next(users);
            }
            List<StageSlot> slots = new ArrayList<>();
            while (membership != null && membership.targetId().compareTo(name) <= 0) {
                if (membership.targetId().equals(name)) {
                    slots.add(membership.slot());
                }
                membership = next(memberships);
            }
            return new Person(name, false, slot, slots);
        }

        private static Row next(Cursor<Row> rows) {
            return rows.hasNext() ? rows.next() : null;
        }

        @Override
        public void close() {
            users.close();
            memberships.close();
        }
    }

    /** The messages of one lane after the other. */
    private static final class Lanes implements Rows<Message> {

        private final Iterator<Map.Entry<String, Integer>> lanes;
        private final IntFunction<Cursor<Row>> open;
        private final IntFunction<Map<Key, Long>> times;
        private String place;
        private Cursor<Row> rows;
        private Map<Key, Long> assigned;

        Lanes(
                List<Map.Entry<String, Integer>> lanes,
                IntFunction<Cursor<Row>> open,
                IntFunction<Map<Key, Long>> times) {
            this.lanes = lanes.iterator();
            this.open = open;
            this.times = times;
        }

        @Override
        public boolean hasNext() {
            while ((rows == null || !rows.hasNext()) && lanes.hasNext()) {
                close();
                var lane = lanes.next();
                place = place(lane.getKey()).key();
                rows = open.apply(lane.getValue());
                assigned = times.apply(lane.getValue());
            }
            return rows != null && rows.hasNext();
        }

        @Override
        public Message next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var row = rows.next();
            return new Message(
                    place,
                    row.key().id(),
                    row.root() == null ? null : row.root().id(),
                    row.key().time(),
                    row.objects(),
                    row.slot(),
                    assigned.getOrDefault(row.key(), 0L),
                    false);
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
