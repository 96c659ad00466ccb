package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.caravan.model.Kind;
import dev.caravan.model.Link;

/** Source identities and what they are on the target. */
public final class Links {

    private static final String FROM = "SELECT kind, source_id, target, number FROM link ";

    private final Readers readers;

    Links(Readers readers) {
        this.readers = readers;
    }

    /** All of one kind, by source id. */
    public List<Link> ofKind(Kind kind) {
        return readers.list(FROM + "WHERE kind = ? ORDER BY source_id", p -> p.number(Coded.ofKind(kind)), Links::link);
    }

    public Optional<Link> find(Kind kind, String sourceId) {
        return readers.first(
                FROM + "WHERE kind = ? AND source_id = ?",
                p -> p.number(Coded.ofKind(kind)).text(sourceId),
                Links::link);
    }

    static void write(Transaction transaction, List<Link> links) throws SQLException {
        transaction.batch(
                "INSERT INTO link (kind, source_id, target, number) VALUES (?, ?, ?, ?) ON CONFLICT (kind, source_id)"
                        + " DO UPDATE SET target = excluded.target, number = excluded.number",
                p -> {
                    for (var link : links) {
                        p.number(Coded.ofKind(link.kind()))
                                .text(link.sourceId())
                                .text(link.target());
                        p.number(link.number()).row();
                    }
                });
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(Coded.kind(row.getInt(1)), row.getString(2), row.getString(3), row.getInt(4));
    }
}
