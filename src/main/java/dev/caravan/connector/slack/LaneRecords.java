package dev.caravan.connector.slack;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

/**
 * All records of some conversations over all archives, in the order of {@link LaneRecord#ORDER}. Since the same message may
 * lie in neighbouring days of two archives (their time zones may differ), a day's last hours wait for the next day.
 */
final class LaneRecords implements Closeable {

    private final ExportSet exports;
    private final DayLoader loader;
    private final LaneHeap heap;
    private final LanePosition from;
    private final List<Cursor> cursors = new ArrayList<>();
    private final List<LaneRecord> waiting = new ArrayList<>();
    private int head;
    private int groupEnd;
    private boolean skipped;
    /** us: nothing that is still to be loaded is earlier. */
    private long settled = Long.MIN_VALUE;

    LaneRecords(ExportSet exports, List<String> conversations, LanePosition from, DayLoader loader, LaneHeap heap) {
        this.exports = exports;
        this.loader = loader;
        this.heap = heap;
        this.from = from;
        for (var conversation : conversations) {
            for (int archive = 0; archive < exports.archives().size(); archive++) {
                int folder = exports.archives().get(archive).folderOf(conversation);
                if (folder >= 0) {
                    addCursor(conversation, archive, folder);
                }
            }
        }
    }

    private void addCursor(String conversation, int archive, int folder) {
        var files = exports.archives().get(archive).files();
        int first = files.from(folder);
        if (!from.atStart()) {
            // Day d can hold times up to (d + 1) days + LATEST.
            int day = (int) Math.floorDiv(from.time() - Coverage.LATEST, Coverage.DAY);
            first = files.firstFrom(folder, day);
        }
        cursors.add(new Cursor(conversation, archive, first, files.to(folder)));
    }

    /** The next record, not taken; null after the last. */
    LaneRecord peek() {
        while (head == waiting.size() || waiting.get(head).time >= settled) {
            if (!loadDay()) {
                settled = Long.MAX_VALUE;
                break;
            }
        }
        if (head == waiting.size()) {
            return null;
        }
        if (head >= groupEnd) {
            enterGroup();
            if (!skipped && skipGroup()) {
                return peek();
            }
        }
        return waiting.get(head);
    }

    /** Takes what {@link #peek} showed. */
    void take() {
        heap.release(waiting.get(head));
        waiting.set(head++, null);
    }

    byte[] raw(LaneRecord record) {
        return heap.raw(record);
    }

    LaneHeap heap() {
        return heap;
    }

    private boolean skipGroup() {
        skipped = true;
        if (from.atStart() || waiting.get(head).time != from.time()) {
            return false;
        }
        int done = Math.min(from.ofTime(), groupEnd - head);
        for (int i = 0; i < done; i++) {
            take();
        }
        return head == groupEnd;
    }

    private void enterGroup() {
        groupEnd = head + 1;
        long time = waiting.get(head).time;
        while (groupEnd < waiting.size() && waiting.get(groupEnd).time == time) {
            groupEnd++;
        }
        new Duplicates(heap).settle(waiting.subList(head, groupEnd));
    }

    private boolean loadDay() {
        int day = nextDay();
        if (day == Integer.MAX_VALUE) {
            return false;
        }
        waiting.subList(0, head).clear();
        head = 0;
        groupEnd = 0;
        for (var cursor : cursors) {
            if (cursor.day() == day) {
                keep(loader.load(cursor.archive, cursor.conversation, cursor.next++, heap));
            }
        }
        waiting.sort(LaneRecord.ORDER);
        int following = nextDay();
        settled = following == Integer.MAX_VALUE ? Long.MAX_VALUE : Coverage.earliest(following);
        return true;
    }

    private void keep(List<LaneRecord> loaded) {
        for (var record : loaded) {
            if (from.isAfter(record.time)) {
                heap.release(record);
            } else {
                waiting.add(record);
            }
        }
    }

    private int nextDay() {
        int day = Integer.MAX_VALUE;
        for (var cursor : cursors) {
            day = Math.min(day, cursor.day());
        }
        return day;
    }

    @Override
    public void close() {
        heap.close();
    }

    private final class Cursor {
        private final String conversation;
        private final int archive;
        private final int end;
        private int next;

        Cursor(String conversation, int archive, int next, int end) {
            this.conversation = conversation;
            this.archive = archive;
            this.next = next;
            this.end = end;
        }

        int day() {
            return next < end ? exports.archives().get(archive).files().day(next) : Integer.MAX_VALUE;
        }
    }
}
