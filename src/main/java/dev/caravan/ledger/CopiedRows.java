package dev.caravan.ledger;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

import org.postgresql.PGConnection;

/**
 * Rows in PostgreSQL's binary form, which costs its server a quarter of what INSERT costs.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, "Binary Format"</a>
 */
final class CopiedRows implements Params {

    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    /** Flags, and the length of what would extend the header. */
    private static final long NO_FLAGS_NO_EXTENSION = 0;

    private static final short END = -1;
    private static final int NULL = -1;

    private final short columns;
    private ByteBuffer rows = ByteBuffer.allocate(1 << 16);

    CopiedRows(int columns) {
        this.columns = (short) columns;
        rows.put(HEADER).putLong(NO_FLAGS_NO_EXTENSION);
    }

    /** Begins the next row; its values follow. */
    Params row() {
        room(Short.BYTES).putShort(columns);
        return this;
    }

    /** @param copy {@code COPY table (columns) FROM STDIN (FORMAT binary)} */
    void to(PGConnection connection, String copy) throws SQLException {
        room(Short.BYTES).putShort(END);
        try {
            connection.getCopyAPI().copyIn(copy, new ByteArrayInputStream(rows.array(), 0, rows.position()));
        } catch (IOException e) {
            throw new IllegalStateException("memory can be read", e);
        }
    }

    @Override
    public Params text(String value) {
        return bytes(value == null ? null : Params.stored(value).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Params small(int value) {
        room(Integer.BYTES + Short.BYTES).putInt(Short.BYTES).putShort((short) value);
        return this;
    }

    @Override
    public Params number(int value) {
        room(Integer.BYTES + Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    @Override
    public Params number(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    @Override
    public Params bytes(byte[] value) {
        if (value == null) {
            return nothing();
        }
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    @Override
    public Params noInteger() {
        return nothing();
    }

    @Override
    public Params noLong() {
        return nothing();
    }

    private Params nothing() {
        room(Integer.BYTES).putInt(NULL);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (rows.remaining() < bytes) {
            rows = ByteBuffer.allocate(2 * rows.capacity() + bytes).put(rows.flip());
        }
        return rows;
    }
}
