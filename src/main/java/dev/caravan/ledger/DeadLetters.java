package dev.caravan.ledger;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;
import dev.caravan.model.Tally;

/** Records and parts that could not move, and what people did about them. */
public final class DeadLetters {

    /** The rule by which a waived record is filtered. */
    public static final String WAIVED = "waived";

    private static final int IDENTITIES_PER_QUERY = 500;

    private final Readers readers;
    private final Writes writes;
    private final Clock clock;
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

    DeadLetters(Readers readers, Writes writes, Clock clock) {
        this.readers = readers;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * One page, by id.
     *
     * @param after the last id of the page before; 0 for the first page
     */
    public List<Letter.Head> list(LetterFilter filter, long after, int limit) {
        var chosen = new LetterWhere(filter);
        return readers.list(
                LetterRow.HEAD + " FROM dead_letter" + chosen.sql() + " AND id > ? ORDER BY id LIMIT ?",
                p -> {
                    chosen.bind(p);
                    p.number(after).number(limit);
                },
                LetterRow::head);
    }

    /** Those of one record and of its parts, by id. */
    public List<Letter.Head> of(String sourceId) {
        return readers.list(
                LetterRow.HEAD + " FROM dead_letter WHERE source_id = ? ORDER BY id",
                p -> p.text(sourceId),
                LetterRow::head);
    }

    public SortedMap<String, Long> countByCause(LetterFilter filter) {
        var chosen = new LetterWhere(filter);
        return count(chosen.sql(), chosen::bind);
    }

    /** How many there are of each cause that somebody still has to look at. */
    public SortedMap<String, Long> waiting() {
        return count(" WHERE state IN (?, ?)", p -> p.code(LetterState.OPEN).code(LetterState.EDITED));
    }

    /** Those that wait, by what mends them, the largest first. */
    public List<LetterGroup> groups(int most) {
        return readers.list(
                "SELECT cause, subject, COUNT(*) AS waiting FROM dead_letter WHERE state IN (?, ?)"
                        + " GROUP BY cause, subject ORDER BY waiting DESC, cause, subject LIMIT ?",
                p -> p.code(LetterState.OPEN).code(LetterState.EDITED).number(most),
                row -> new LetterGroup(row.getString(1), row.getString(2), row.getLong(3)));
    }

    private SortedMap<String, Long> count(String where, Query.Bind bind) {
        var counts = new TreeMap<String, Long>();
        readers.list(
                "SELECT cause, COUNT(*) FROM dead_letter" + where + " GROUP BY cause",
                bind,
                row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }

    public Optional<Letter> find(long id) {
        return readers.first(LetterRow.ONE, p -> p.number(id), LetterRow::letter);
    }

    /** The letter of the same record with the same bytes, in whichever ledger it was met. */
    public Optional<Letter> find(LetterIdentity identity) {
        return readers.first(
                LetterRow.ALL + " FROM dead_letter WHERE identity = ?",
                p -> p.bytes(identity.bytes()),
                LetterRow::letter);
    }

    /**
     * Letters somebody mended or waived, by number.
     *
     * @param after the last number of the page before; 0 for the first page
     */
    public Map<LetterIdentity, Letter> corrected(long after, int limit) {
        var found = new LinkedHashMap<LetterIdentity, Letter>();
        readers.list(
                LetterRow.ALL + ", identity FROM dead_letter"
                        + " WHERE id > ? AND (edited IS NOT NULL OR state = ?) ORDER BY id LIMIT ?",
                p -> p.number(after).code(LetterState.WAIVED).number(limit),
                row -> found.put(LetterIdentity.of(row.getBytes(LetterRow.BEHIND_ALL)), LetterRow.letter(row)));
        return found;
    }

    /** Of these, the letters people are done with: their records are not dead again when a later run meets them. */
    public Map<LetterIdentity, LetterState> settled(Collection<LetterIdentity> identities) {
        var settled = new HashMap<LetterIdentity, LetterState>();
        var all = List.copyOf(identities);
        for (int from = 0; from < all.size(); from += IDENTITIES_PER_QUERY) {
            var some = all.subList(from, Math.min(all.size(), from + IDENTITIES_PER_QUERY));
            var places = String.join(", ", Collections.nCopies(some.size(), "?"));
            readers.list(
                    "SELECT identity, state FROM dead_letter WHERE identity IN (" + places + ") AND state IN (?, ?)",
                    p -> {
                        for (var identity : some) {
                            p.bytes(identity.bytes());
                        }
                        p.code(LetterState.REPLAYED).code(LetterState.WAIVED);
                    },
                    row -> settled.put(LetterIdentity.of(row.getBytes(1)), LetterState.of(row.getInt(2))));
        }
        return settled;
    }

    /**
     * Letters that are sent now: until they are {@link #through}, nobody mends or waives them under the sender's hands.
     *
     * @return those of them that are not settled
     */
    public List<Letter> take(List<Long> ids) {
        return writes.write(transaction -> {
            var taken = new ArrayList<Letter>(ids.size());
            for (long id : ids) {
                transaction
                        .first(LetterRow.ONE, p -> p.number(id), LetterRow::letter)
                        .filter(letter -> !letter.head().state().isSettled())
                        .ifPresent(letter -> {
                            underWay.add(id);
                            taken.add(letter);
                        });
            }
            return taken;
        });
    }

    void through(Collection<Long> ids) {
        underWay.removeAll(ids);
    }

    /**
     * @return whether there is such a letter and it may still be mended
     * @throws Problem CRV-643 while it is being sent
     */
    public boolean edit(long id, byte[] edited) {
        return writes.write(transaction -> {
            requireAtRest(id);
            return edit(transaction, id, edited);
        });
    }

    boolean edit(Transaction transaction, long id, byte[] edited) throws SQLException {
        var before = transaction.first(LetterRow.ONE, p -> p.number(id), LetterRow::letter);
        var changed = transaction.execute(
                        "UPDATE dead_letter SET edited = ?, state = ?, changed = ? WHERE id = ? AND state IN (?, ?)",
                        p -> p.bytes(edited)
                                .code(LetterState.EDITED)
                                .number(clock.millis())
                                .number(id)
                                .code(LetterState.OPEN)
                                .code(LetterState.EDITED))
                > 0;
        if (changed) {
            var hashes = Sha256.hex(before.orElseThrow().current()) + " -> " + Sha256.hex(edited);
            AuditLog.add(transaction, clock.millis(), System.getProperty("user.name"), "edited", id + ": " + hashes);
        }
        return changed;
    }

    /**
     * Leaves a letter behind; in the account of the run that met it last it is filtered from now on.
     *
     * @return whether there is such a letter and it did not go through already
     * @throws Problem CRV-643 while it is being sent
     */
    public boolean waive(long id, String by, String why) {
        return writes.write(transaction -> {
            requireAtRest(id);
            return waive(transaction, id, by, why);
        });
    }

    boolean waive(Transaction transaction, long id, String by, String why) throws SQLException {
        var letter = transaction.first(
                LetterRow.HEAD + " FROM dead_letter WHERE id = ? AND state <> ?",
                p -> p.number(id).code(LetterState.REPLAYED),
                LetterRow::head);
        if (letter.isEmpty()) {
            return false;
        }
        if (letter.get().state() != LetterState.WAIVED) {
            Runs.count(transaction, letter.get().run(), waived(letter.get()));
        }
        transaction.execute(
                "UPDATE dead_letter SET waived_by = ?, waived_why = ?, state = ?, changed = ? WHERE id = ?",
                p -> p.text(by)
                        .text(why)
                        .code(LetterState.WAIVED)
                        .number(clock.millis())
                        .number(id));
        var which = id + ": " + letter.get().contentHash() + " " + why;
        AuditLog.add(transaction, clock.millis(), by, "waived", which);
        return true;
    }

    boolean isUnderWay(long id) {
        return underWay.contains(id);
    }

    private void requireAtRest(long id) {
        if (isUnderWay(id)) {
            throw new Problem("CRV-643", Long.toString(id));
        }
    }

    private static Tally waived(Letter.Head letter) {
        var unknown = letter.kind() == null ? "" : letter.kind().word();
        var kind = letter.part() == null ? unknown : letter.part();
        return Tally.NONE.plus(kind, Tally.What.DEAD, -1).plus(kind, Tally.What.FILTERED, WAIVED, 1);
    }
}
