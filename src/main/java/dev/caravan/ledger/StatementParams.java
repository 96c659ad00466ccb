package dev.caravan.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** Fills the parameters of a statement. */
final class StatementParams implements Params {

    private final PreparedStatement statement;
    private int last;

    StatementParams(PreparedStatement statement) {
        this.statement = statement;
    }

    @Override
    public Params text(String value) throws SQLException {
        statement.setString(++last, Params.stored(value));
        return this;
    }

    @Override
    public Params small(int value) throws SQLException {
        return number(value);
    }

    @Override
    public Params number(int value) throws SQLException {
        statement.setInt(++last, value);
        return this;
    }

    @Override
    public Params number(long value) throws SQLException {
        statement.setLong(++last, value);
        return this;
    }

    @Override
    public Params bytes(byte[] value) throws SQLException {
        statement.setBytes(++last, value);
        return this;
    }

    @Override
    public Params noInteger() throws SQLException {
        statement.setNull(++last, Types.INTEGER);
        return this;
    }

    @Override
    public Params noLong() throws SQLException {
        statement.setNull(++last, Types.BIGINT);
        return this;
    }
}
