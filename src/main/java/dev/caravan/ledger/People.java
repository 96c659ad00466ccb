package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The draft of who is who. It decides nothing about records before it is signed and stands in the user map, so like the audit it
 * is written without the lease, whoever runs.
 */
public final class People {

    private static final String ALL =
            "SELECT source_id, name, email, gone, own, state, why, candidates, username, new_email, decided_by, changed"
                    + " FROM person";

    private final Database database;
    private final Failures failures;
    private final Clock clock;

    private People(Database database, Clock clock) {
        this.database = database;
        this.failures = new Failures(database);
        this.clock = clock;
    }

    /** Of a ledger that is there; opens nothing yet. */
    public static People of(LedgerAddress address) {
        return new People(Database.at(address), Clock.systemUTC());
    }

    /** @param sha256 of the user map as it was written then */
    public record Signed(Instant time, String who, int entries, String sha256) {}

    /** A new draft in the place of the one before. */
    public void replace(Collection<Person> people) {
        write(transaction -> {
            transaction.execute("DELETE FROM person", Query.Bind.NOTHING);
            transaction.append(
                    "person",
                    "source_id, name, email, gone, own, state, why, candidates, username, new_email,"
                            + " decided_by, changed",
                    people,
                    (p, one) -> {
                        p.text(one.sourceId())
                                .text(one.name())
                                .text(one.email())
                                .small(one.gone() ? 1 : 0);
                        p.text(one.own()).code(one.state()).text(one.why()).text(one.candidates());
                        p.text(one.username()).text(one.newEmail()).text(one.decidedBy());
                        p.number(clock.millis());
                    });
        });
    }

    /**
     * What a person says.
     *
     * @param username empty to keep the name there is
     * @return whether there is such a person in the draft
     */
    public boolean decide(String sourceId, String username, String newEmail, String by) {
        var changed = new int[1];
        write(transaction -> changed[0] = transaction.execute(
                "UPDATE person SET state = ?, why = 'person', username = ?, new_email = ?, decided_by = ?, changed = ?"
                        + " WHERE source_id = ?",
                p -> p.code(PersonState.DECIDED)
                        .text(username)
                        .text(newEmail)
                        .text(by)
                        .number(clock.millis())
                        .text(sourceId)));
        return changed[0] > 0;
    }

    /**
     * One page, by source id.
     *
     * @param state null for any
     * @param text part of a name, an e-mail address, an id; empty for any
     * @param after the last source id of the page before; empty for the first page
     */
    public List<Person> page(PersonState state, String text, String after, int limit) {
        var like = "%" + text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
        return reading(readers -> readers.list(
                ALL + " WHERE source_id > ?" + (state == null ? "" : " AND state = ?")
                        + " AND LOWER(name || ' ' || email || ' ' || source_id || ' ' || username) LIKE ? ESCAPE '!'"
                        + " ORDER BY source_id LIMIT ?",
                p -> {
                    p.text(after);
                    if (state != null) {
                        p.code(state);
                    }
                    p.text(like).number(limit);
                },
                People::person));
    }

    public Optional<Person> find(String sourceId) {
        return reading(readers -> readers.first(ALL + " WHERE source_id = ?", p -> p.text(sourceId), People::person));
    }

    public Map<PersonState, Long> counts() {
        var counts = new EnumMap<PersonState, Long>(PersonState.class);
        reading(readers -> readers.list(
                "SELECT state, COUNT(*) FROM person GROUP BY state",
                Query.Bind.NOTHING,
                row -> counts.put(PersonState.of(row.getInt(1)), row.getLong(2))));
        return counts;
    }

    public long doubtful() {
        return counts().getOrDefault(PersonState.DOUBTFUL, 0L);
    }

    public void signed(Signed signed) {
        write(transaction -> transaction.execute(
                "INSERT INTO people_signed (time, who, entries, sha256) VALUES (?, ?, ?, ?)",
                p -> p.number(signed.time().toEpochMilli())
                        .text(signed.who())
                        .number(signed.entries())
                        .text(signed.sha256())));
    }

    /** Who signed last. */
    public Optional<Signed> lastSigned() {
        return reading(readers -> readers.first(
                "SELECT time, who, entries, sha256 FROM people_signed ORDER BY seq DESC LIMIT 1",
                Query.Bind.NOTHING,
                row -> new Signed(
                        Instant.ofEpochMilli(row.getLong(1)), row.getString(2), row.getInt(3), row.getString(4))));
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4) == 1,
                row.getString(5),
                PersonState.of(row.getInt(6)),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                Instant.ofEpochMilli(row.getLong(12)));
    }

    private interface Change {
        void in(Transaction transaction) throws SQLException;
    }

    private void write(Change change) {
        try (var connection = database.writer()) {
            database.begin(connection);
            change.in(new Transaction(connection));
            database.commit(connection);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    private interface Question<T> {
        T to(Readers readers);
    }

    private <T> T reading(Question<T> question) {
        try (var readers = new Readers(database, failures)) {
            return question.to(readers);
        }
    }
}
