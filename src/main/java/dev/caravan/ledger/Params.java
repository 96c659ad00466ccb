package dev.caravan.ledger;

import java.sql.SQLException;

/** The values of a statement or of a row, given from left to right. */
interface Params {

    /** @param value may be null */
    Params text(String value) throws SQLException;

    /** PostgreSQL has no NUL in text; its visible symbol stands for it in every database alike: as the database gives it back. */
    static String stored(String value) {
        return value != null && value.indexOf('\0') >= 0 ? value.replace('\0', '␀') : value;
    }

    /** For a {@code SMALLINT}. */
    Params small(int value) throws SQLException;

    Params number(int value) throws SQLException;

    Params number(long value) throws SQLException;

    default Params code(Coded value) throws SQLException {
        return small(value.code());
    }

    /** @param value may be null */
    Params bytes(byte[] value) throws SQLException;

    Params noInteger() throws SQLException;

    Params noLong() throws SQLException;
}
