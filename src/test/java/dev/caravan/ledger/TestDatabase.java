package dev.caravan.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The databases every test of the ledger runs on. */
enum TestDatabase {
    SQLITE {
        @Override
        LedgerAddress in(Path folder) {
            return LedgerAddress.sqlite(folder.resolve("ledger.db"));
        }
    },
    POSTGRESQL {
        /** One server for all tests, ended with the process; a schema of its own for each folder. */
        @Override
        LedgerAddress in(Path folder) {
            var schema = "t" + Integer.toHexString(folder.hashCode());
            return LedgerAddress.postgresql(
                    Server.RUNNING.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", schema);
        }
    };

    /** A new ledger for each folder, the same for the same. */
    abstract LedgerAddress in(Path folder);

    private static final class Server {
        private static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
