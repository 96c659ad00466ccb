package dev.caravan.connector.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Refusal;
import dev.caravan.model.Span;
import dev.caravan.model.Tally;

/** The messages of a lane, batch by batch. */
final class MessageReader implements BatchReader {

    /** Records of one time stay together up to this many times a batch. */
    private static final int SAME_TIME_FACTOR = 4;

    private final Lane lane;
    private final ReadLimits limits;
    private final LaneRecords records;
    private final MessageItems items;
    private final Coverage coverage;
    /** Null spans are told when archives know only some of the lane's conversations. */
    private final boolean spans;

    private LanePosition position;
    private int stretch;
    private Batch next;

    MessageReader(
            Lane lane,
            LanePosition position,
            ReadLimits limits,
            LaneRecords records,
            MessageItems items,
            ExportSet set) {
        this.lane = lane;
        this.limits = limits;
        this.records = records;
        this.items = items;
        this.position = position;
        this.coverage = set.coverage(lane.conversations());
        this.spans = set.archives().stream().allMatch(archive -> knowsAllOrNone(archive, lane));
        this.stretch = position.atStart() ? 0 : coverage.of((int) Math.floorDiv(position.time(), Coverage.DAY));
    }

    private static boolean knowsAllOrNone(ExportArchive archive, Lane lane) {
        long known = lane.conversations().stream().filter(archive::knows).count();
        return known == 0 || known == lane.conversations().size();
    }

    @Override
    public boolean hasNext() {
        if (next == null && !position.atEnd()) {
            next = read();
        }
        return next != null;
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var batch = next;
        next = null;
        return batch;
    }

    private Batch read() {
        var first = records.peek();
        if (!spans) {
            return first == null ? lastBatch(null) : fill(first);
        }
        int wanted = first == null ? coverage.count() - 1 : coverage.of(first.file.day());
        while (stretch < wanted) {
            var span = span(stretch, Long.MAX_VALUE, Long.MIN_VALUE, true);
            stretch++;
            if (span != null) {
                return Batch.read(Kind.MESSAGE, lane, null, span, List.of(), List.of());
            }
        }
        if (first != null) {
            return fill(first);
        }
        return lastBatch(stretch < coverage.count() ? span(stretch, Long.MAX_VALUE, Long.MIN_VALUE, true) : null);
    }

    /** Nothing but the news that the lane has ended, or null when not even that is news. */
    private Batch lastBatch(Span span) {
        position = LanePosition.END;
        return span == null ? null : Batch.read(Kind.MESSAGE, lane, position.token(), span, List.of(), List.of());
    }

    private Batch fill(LaneRecord first) {
        int inStretch = coverage.of(first.file.day());
        var filling = new Filling();
        LaneRecord record = first;
        LaneRecord last = first;
        while (record != null && (!spans || coverage.of(record.file.day()) == inStretch)) {
            if (record.time != last.time && filling.isFull(1) || filling.isFull(SAME_TIME_FACTOR)) {
                break;
            }
            filling.add(record);
            last = record;
            records.take();
            record = records.peek();
        }
        boolean cut = record != null && record.time == last.time;
        boolean closes = record == null || spans && coverage.of(record.file.day()) != inStretch;
        var span = spans ? span(inStretch, first.time, cut ? last.time - 1 : last.time, closes) : null;
        stretch = closes ? inStretch + 1 : inStretch;
        boolean atEnd = record == null && stretch >= coverage.count();
        position = atEnd ? LanePosition.END : new LanePosition(last.time, cut ? done(first, last, filling) : 0, false);
        return filling.batch(span);
    }

    /** How many records of the last time are done, those of earlier batches included. */
    private int done(LaneRecord first, LaneRecord last, Filling filling) {
        boolean goesOn = first.time == last.time && position.time() == last.time;
        return filling.ofLastTime + (goesOn ? position.ofTime() : 0);
    }

    private Span span(int number, long firstTime, long lastTime, boolean closes) {
        long after = Math.max(position.time(), Math.min(coverage.start(number), firstTime - 1));
        long until = closes ? Math.max(coverage.end(number), lastTime) : lastTime;
        return after < until ? new Span(after, until) : null;
    }

    @Override
    public void close() {
        records.close();
    }

    /** A batch in the making. */
    private final class Filling {
        private final List<Item> read = new ArrayList<>();
        private final List<Refusal> refused = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private long doubled;
        private long bytes;
        private int ofLastTime;
        private long lastTime = Long.MIN_VALUE;

        boolean isFull(int factor) {
            return read.size() + refused.size() + doubled >= (long) factor * limits.batchRecords()
                    || bytes >= (long) factor * limits.batchBytes();
        }

        void add(LaneRecord record) {
            ofLastTime = record.time == lastTime ? ofLastTime + 1 : 1;
            lastTime = record.time;
            if (record.doubled) {
                doubled++;
                if (record.superseded != null) {
                    findings.add(new Finding("superseded", "message", items.id(record), record.superseded));
                }
                return;
            }
            bytes += record.length;
            if (record.refused()) {
                refused.add(items.refusal(record, records.raw(record)));
                return;
            }
            var raw = records.raw(record);
            read.add(items.item(record, raw, records.heap().tree(record, raw)));
            if (record.repairedBy != null) {
                findings.add(new Finding(record.repairedBy, "message", items.id(record), record.file.entry()));
            }
            if (record.own != SlackTimes.NONE && record.own != record.time) {
                findings.add(new Finding("ts-outside-day", "message", items.id(record), record.file.entry()));
            }
        }

        Batch batch(Span span) {
            var counts = Tally.NONE
                    .plus("message", Tally.What.READ, doubled)
                    .plus("message", Tally.What.FILTERED, "duplicate", doubled);
            return Batch.read(Kind.MESSAGE, lane, position.token(), span, read, refused)
                    .plusFindings(findings)
                    .plusTally(counts);
        }
    }
}
