package dev.caravan.command;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** What a command tells people while it works: lines, or where logs are JSON records of the log like all others. */
final class StandardError {

    private static final Logger LOG = Logger.getLogger("dev.caravan");

    private StandardError() {}

    static boolean isLog() {
        return ConfigProvider.getConfig()
                .getOptionalValue("caravan.log.json", Boolean.class)
                .orElse(false);
    }

    static void line(String line) {
        tell(Logger.Level.INFO, line);
    }

    /** What ends a command. */
    static void problem(String line) {
        tell(Logger.Level.ERROR, line);
    }

    private static void tell(Logger.Level level, String line) {
        if (isLog()) {
            LOG.log(level, line);
        } else {
            System.err.println(line);
        }
    }
}
