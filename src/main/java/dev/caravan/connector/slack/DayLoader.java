package dev.caravan.connector.slack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.model.Problem;
import dev.caravan.transform.cleanse.ByteRepair;
import dev.caravan.transport.DamagedEntryException;

/** Reads one day file into records that know their place in time. */
final class DayLoader {

    private final ExportSet exports;
    private final ReadLimits limits;
    private final ByteRepair repair;

    DayLoader(ExportSet exports, ReadLimits limits, ByteRepair repair) {
        this.exports = exports;
        this.limits = limits;
        this.repair = repair;
    }

    /** @param file number in the archive's {@link DayFiles} */
    List<LaneRecord> load(int archiveNumber, String conversation, int file, LaneHeap heap) {
        var archive = exports.archives().get(archiveNumber);
        DayFile day = null;
        var loaded = new ArrayList<LaneRecord>();
        try {
            day = new DayFile(
                    archiveNumber,
                    archive.entryName(file),
                    conversation,
                    archive.files().day(file));
            try (var in = archive.openDay(file)) {
                var records = new SourceRecords(in, limits, repair);
                long neighbour = day.day() * Coverage.DAY;
                for (var record = records.next(); record != null; record = records.next()) {
                    var placed = place(day, record, neighbour);
                    neighbour = placed.time;
                    heap.hold(placed, record.raw(), record.tree());
                    loaded.add(placed);
                }
            }
            return loaded;
        } catch (DamagedEntryException e) {
            loaded.forEach(heap::release);
            return List.of(damaged(archive, file, day, heap));
        } catch (IOException e) {
            throw new Problem(e, "CRV-115", archive.name());
        }
    }

    private static LaneRecord place(DayFile day, SourceRecord record, long neighbour) {
        long own = record.refused()
                ? SlackTimes.NONE
                : SlackTimes.micros(record.tree().get("ts"));
        boolean inDay = own >= Coverage.earliest(day.day()) && own < Coverage.latest(day.day());
        return new LaneRecord(day, record, inDay ? own : neighbour, own);
    }

    /** The whole entry as one refusal: where some bytes are wrong, none of the others can be trusted. */
    private LaneRecord damaged(ExportArchive archive, int file, DayFile day, LaneHeap heap) {
        byte[] raw = new byte[0];
        try (var in = archive.openDay(file)) {
            raw = new Remains(limits.keptBytes()).of(in);
        } catch (IOException e) {
            // Not even its beginning can be read: the refusal names the entry all the same.
        }
        var record = new SourceRecord(-1, -1, raw, null, "entry-damaged", "wrong checksum or length", null);
        var placed = new LaneRecord(day, record, day.day() * Coverage.DAY, SlackTimes.NONE);
        heap.hold(placed, SlackSecrets.redact(raw), null);
        return placed;
    }
}
