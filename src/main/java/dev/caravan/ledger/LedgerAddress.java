package dev.caravan.ledger;

import java.nio.file.Path;

/** Where a ledger is. */
public sealed interface LedgerAddress {

    /** One file, with {@code -wal}, {@code -shm} and {@code .lock} files beside it. */
    record Sqlite(Path file) implements LedgerAddress {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * @param jdbcUrl {@code jdbc:postgresql://host:port/database}; may carry any driver setting
     * @param schema the ledger's own, created when missing; a plain lower-case identifier
     */
    record Postgresql(String jdbcUrl, String user, String password, String schema) implements LedgerAddress {

        public static final String DEFAULT_SCHEMA = "caravan";

        /** Without user, password and driver settings. */
        @Override
        public String toString() {
            int settings = jdbcUrl.indexOf('?');
            return (settings < 0 ? jdbcUrl : jdbcUrl.substring(0, settings)) + " (" + schema + ")";
        }
    }

    static LedgerAddress sqlite(Path file) {
        return new Sqlite(file);
    }

    static LedgerAddress postgresql(String jdbcUrl, String user, String password, String schema) {
        return new Postgresql(jdbcUrl, user, password, schema);
    }
}
