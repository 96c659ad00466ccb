package dev.caravan.ledger;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.caravan.model.Kind;

/** What stood on a live target before the first run, and what runs made there since. */
public final class Inventory {

    private final Readers readers;
    private final Writes writes;
    private final Clock clock;

    Inventory(Readers readers, Writes writes, Clock clock) {
        this.readers = readers;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * @param name on the target
     * @param hash of the canonical form; null when a run made it
     */
    public record Entry(Kind kind, String name, String hash) {}

    /** Whether it was taken, and to its end. */
    public boolean taken() {
        return readers.first("SELECT 1 FROM inventory_taken WHERE id = 1", Query.Bind.NOTHING, row -> row.getInt(1))
                .isPresent();
    }

    /** Forgets one that was not taken to its end. */
    public void begin() {
        writes.write(transaction -> transaction.execute("DELETE FROM inventory", Query.Bind.NOTHING));
    }

    /** What stands there now; of two of one name the later counts. */
    public void add(Collection<Entry> standing) {
        insert(standing, "ON CONFLICT (kind, name) DO UPDATE SET hash = excluded.hash");
    }

    public void complete() {
        writes.write(transaction -> transaction.execute(
                "INSERT INTO inventory_taken (id, time) VALUES (1, ?)", p -> p.number(clock.millis())));
    }

    /** Runs made these, except those that stood there before. */
    public void made(Collection<Entry> byRuns) {
        insert(byRuns, "ON CONFLICT (kind, name) DO NOTHING");
    }

    /** The hashes of one kind by name, null for what runs made. */
    public Map<String, String> ofKind(Kind kind) {
        var entries = new HashMap<String, String>();
        readers.list(
                        "SELECT name, hash FROM inventory WHERE kind = ?",
                        p -> p.number(Coded.ofKind(kind)),
                        row -> new Entry(kind, row.getString(1), row.getString(2)))
                .forEach(entry -> entries.put(entry.name(), entry.hash()));
        return entries;
    }

    private void insert(Collection<Entry> entries, String onConflict) {
        var byName = new HashMap<List<Object>, Entry>();
        entries.forEach(entry -> byName.put(List.of(entry.kind(), entry.name()), entry));
        writes.write(transaction -> {
            transaction.insert("inventory", "kind, name, hash", onConflict, byName.values(), (p, entry) -> p.number(
                            Coded.ofKind(entry.kind()))
                    .text(entry.name())
                    .text(entry.hash()));
            return null;
        });
    }
}
