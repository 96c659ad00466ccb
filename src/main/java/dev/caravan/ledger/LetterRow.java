package dev.caravan.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.model.Origin;

/** A dead letter as its table has it. */
final class LetterRow {

    static final String HEAD = "SELECT id, kind, part, source_id, conversation, time, archive, entry,"
            + " entry_index, entry_offset, stage, cause, detail, content_hash, LENGTH(raw), run, state, attempts,"
            + " waived_by, waived_why, created, changed";
    static final String ALL = HEAD + ", raw, edited, context";
    static final String ONE = ALL + " FROM dead_letter WHERE id = ?";

    /** The column of a statement that follows those of {@link #ALL}. */
    static final int BEHIND_ALL = 26;

    private static final ObjectMapper JSON = new ObjectMapper();

    private LetterRow() {}

    /** Of the columns of {@link #HEAD}. */
    static Letter.Head head(ResultSet row) throws SQLException {
        return new Letter.Head(
                row.getLong(1),
                Coded.kind(row.getInt(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                new Origin(row.getString(7), row.getString(8), row.getLong(9), row.getLong(10)),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                HexFormat.of().formatHex(row.getBytes(14)),
                row.getInt(15),
                row.getInt(16),
                LetterState.of(row.getInt(17)),
                row.getInt(18),
                row.getString(19),
                row.getString(20),
                Instant.ofEpochMilli(row.getLong(21)),
                Instant.ofEpochMilli(row.getLong(22)));
    }

    /** Of the columns of {@link #ALL}. */
    static Letter letter(ResultSet row) throws SQLException {
        var context = row.getString(25);
        try {
            return new Letter(
                    head(row), row.getBytes(23), row.getBytes(24), context == null ? null : JSON.readTree(context));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Dead letter " + row.getLong(1) + " holds a broken context", e);
        }
    }
}
