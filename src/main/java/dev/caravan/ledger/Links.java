package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

import dev.caravan.model.Kind;
import dev.caravan.model.Link;

/** Source identities and what they are on the target. */
public final class Links {

    private static final String FROM = "SELECT kind, source_id, target, number, name, made FROM link ";

    private final Readers readers;

    Links(Readers readers) {
        this.readers = readers;
    }

    /** All of one kind, by source id. */
    public List<Link> ofKind(Kind kind) {
        return readers.list(FROM + "WHERE kind = ? ORDER BY source_id", p -> p.number(Coded.ofKind(kind)), Links::link);
    }

    /** All of one kind by source id, one by one. */
    public Cursor<Link> stream(Kind kind) {
        return readers.stream(
                FROM + "WHERE kind = ? ORDER BY source_id", p -> p.number(Coded.ofKind(kind)), Links::link);
    }

    public Optional<Link> find(Kind kind, String sourceId) {
        return readers.first(
                FROM + "WHERE kind = ? AND source_id = ?",
                p -> p.number(Coded.ofKind(kind)).text(sourceId),
                Links::link);
    }

    /** Those of one kind whose name at the source, id or name on the target is this, in any case of letters. */
    public List<Link> named(Kind kind, String name) {
        return readers.list(
                FROM + "WHERE kind = ? AND (source_id = ? OR LOWER(name) = LOWER(?) OR LOWER(target) = LOWER(?)"
                        + " OR LOWER(target) = 'public/' || LOWER(?) OR LOWER(target) = 'private/' || LOWER(?)) ORDER BY source_id",
                p -> p.number(Coded.ofKind(kind))
                        .text(name)
                        .text(name)
                        .text(name)
                        .text(name)
                        .text(name),
                Links::link);
    }

    /** Of several for one source id the last stays: PostgreSQL refuses to touch a row twice in one statement. */
    static void write(Transaction transaction, List<Link> links) throws SQLException {
        var last = new LinkedHashMap<String, Link>();
        links.forEach(link -> last.put(link.kind() + " " + link.sourceId(), link));
        transaction.insert(
                "link",
                "kind, source_id, target, number, name, made",
                "ON CONFLICT (kind, source_id) DO UPDATE SET target = excluded.target, number = excluded.number,"
                        + " name = excluded.name, made = excluded.made",
                last.values(),
                (p, link) -> p.number(Coded.ofKind(link.kind()))
                        .text(link.sourceId())
                        .text(link.target())
                        .number(link.number())
                        .text(link.name())
                        .number(link.made() ? 1 : 0));
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                Coded.kind(row.getInt(1)),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getInt(6) != 0);
    }
}
