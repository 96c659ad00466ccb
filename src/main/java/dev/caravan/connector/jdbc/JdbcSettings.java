package dev.caravan.connector.jdbc;

import java.util.Locale;
import java.util.Map;

import dev.caravan.model.Problem;

/**
 * What the operator set of the database.
 *
 * @param url JDBC address; may hold secrets and is never shown
 * @param schema where the tables are; null for the database's own default
 * @param mode what becomes of a row that is there already
 * @param driver jar of the driver; null for those Caravan brings
 */
record JdbcSettings(
        String url, String user, String password, String schema, Mode mode, String driver, boolean createTables) {

    enum Mode {
        /** It is replaced. */
        UPSERT,
        /** It stays; a record that would change it is refused. */
        INSERT
    }

    static JdbcSettings of(Map<String, String> properties) {
        return new JdbcSettings(
                properties.getOrDefault("url", ""),
                properties.get("user"),
                properties.get("password"),
                properties.get("schema"),
                mode(properties.getOrDefault("mode", "upsert")),
                properties.get("driver"),
                Boolean.parseBoolean(properties.get("createTables")));
    }

    private static Mode mode(String word) {
        try {
            return Mode.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new Problem(unknown, "CRV-467", word);
        }
    }

    /** The address up to the kind of database: {@code jdbc:postgresql}. */
    String kindOfDatabase() {
        int second = url.indexOf(':', url.indexOf(':') + 1);
        return second < 0 ? url.replaceAll("[^a-z:].*", "") : url.substring(0, second);
    }
}
