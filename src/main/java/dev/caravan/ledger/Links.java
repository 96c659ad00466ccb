package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.caravan.model.Kind;

/** Source identities and what they are on the target. */
public final class Links {

    private static final String FROM = "SELECT kind, source_id, target, number, detail, origin FROM link ";

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
        if (links.isEmpty()) {
            return;
        }
        var fresh = new LinkedHashMap<String, Link>();
        var numbering = new Numbering(transaction);
        for (var link : links) {
            var key = link.kind() + " " + link.sourceId();
            if (!fresh.containsKey(key) && !isThere(transaction, link)) {
                fresh.put(key, numbering.number(link));
            }
        }
        transaction.batch(
                "INSERT INTO link (kind, source_id, target, number, detail, origin) VALUES (?, ?, ?, ?, ?, ?)", p -> {
                    for (var link : fresh.values()) {
                        p.number(Coded.ofKind(link.kind()))
                                .text(link.sourceId())
                                .text(link.target());
                        p.number(link.number()).text(link.detail()).code(link.origin());
                        p.row();
                    }
                });
    }

    private static boolean isThere(Transaction transaction, Link link) throws SQLException {
        return transaction
                .first(
                        "SELECT 1 FROM link WHERE kind = ? AND source_id = ?",
                        p -> p.number(Coded.ofKind(link.kind())).text(link.sourceId()),
                        row -> true)
                .isPresent();
    }

    /** Gives every distinct target conversation the next number; one the ledger knows keeps its own. */
    private static final class Numbering {
        private final Transaction transaction;
        private final Map<String, Integer> given = new HashMap<>();
        private int highest;

        Numbering(Transaction transaction) throws SQLException {
            this.transaction = transaction;
            this.highest = transaction
                    .first(
                            "SELECT COALESCE(MAX(number), 0) FROM link WHERE kind = ?",
                            p -> p.number(Coded.ofKind(Kind.CHANNEL)),
                            row -> row.getInt(1))
                    .orElse(0);
        }

        Link number(Link link) throws SQLException {
            if (link.kind() != Kind.CHANNEL) {
                return link;
            }
            var number = given.get(link.target());
            if (number == null) {
                number = stored(link.target()).orElse(highest + 1);
                highest = Math.max(highest, number);
                given.put(link.target(), number);
            }
            return new Link(link.kind(), link.sourceId(), link.target(), number, link.detail(), link.origin());
        }

        private Optional<Integer> stored(String target) throws SQLException {
            return transaction.first(
                    "SELECT number FROM link WHERE kind = ? AND target = ? LIMIT 1",
                    p -> p.number(Coded.ofKind(Kind.CHANNEL)).text(target),
                    row -> row.getInt(1));
        }
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                Coded.kind(row.getInt(1)),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                Coded.of(LinkOrigin.values(), row.getInt(6)));
    }
}
