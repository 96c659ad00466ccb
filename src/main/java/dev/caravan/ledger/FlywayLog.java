package dev.caravan.ledger;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/**
 * Lets only Flyway's warnings through: its errors are thrown as well, and what it tells besides holds the database's whole
 * address, settings and all.
 */
public final class FlywayLog implements Log, LogCreator {

    private final System.Logger log = System.getLogger("dev.caravan.ledger");

    @Override
    public Log createLogger(Class<?> speaker) {
        return this;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void notice(String message) {}

    @Override
    public void warn(String message) {
        log.log(System.Logger.Level.WARNING, message);
    }

    @Override
    public void error(String message) {
        log.log(System.Logger.Level.DEBUG, message);
    }

    @Override
    public void error(String message, Exception cause) {
        log.log(System.Logger.Level.DEBUG, message, cause);
    }
}
