package dev.caravan.ledger;

import java.sql.SQLException;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;

import dev.caravan.model.Problem;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/** The ledger's tables, made and brought up to date by Flyway. */
final class Schema {

    /** Histories that were found to be this version's, by ledger: whoever only reads asks so often that Flyway is too slow. */
    private static final Map<String, String> CHECKED = new ConcurrentHashMap<>();

    private final Database database;

    Schema(Database database) {
        this.database = database;
    }

    private Flyway flyway() {
        var configuration = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database.migrations())
                .locations("classpath:db/migration/common", "classpath:db/migration/" + database.vendor())
                .placeholders(database.types())
                .loggers(FlywayLog.class.getName())
                // By default tables made by a newer version would be taken for good.
                .ignoreMigrationPatterns(new String[0]);
        database.schema().ifPresent(schema -> configuration.schemas(schema).createSchemas(true));
        return configuration.load();
    }

    /** @throws Problem CRV-306 when the tables are another version's, which this one must not touch */
    void bringUpToDate() {
        try {
            flyway().migrate();
        } catch (FlywayException e) {
            throw explained(e);
        }
    }

    /** Writes nothing. @throws Problem CRV-306 when the tables are not this version's */
    void check() {
        var history = history();
        if (!history.isEmpty() && history.equals(CHECKED.get(database.name()))) {
            return;
        }
        try {
            for (var migration : flyway().info().all()) {
                if (migration.getState() != MigrationState.SUCCESS) {
                    throw new Problem("CRV-306", database.name());
                }
            }
            CHECKED.put(database.name(), history);
        } catch (FlywayException e) {
            throw explained(e);
        }
    }

    /** What was done to the tables, as Flyway wrote it down; empty where that cannot be read, which Flyway then explains. */
    private String history() {
        var done = new StringJoiner("\n");
        try (var connection = database.reader();
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT version, checksum, success FROM flyway_schema_history"
                                + " ORDER BY installed_rank")) {
            while (row.next()) {
                done.add(row.getString(1) + " " + row.getString(2) + " " + row.getString(3));
            }
        } catch (SQLException unreadable) {
            return "";
        }
        return done.toString();
    }

    private Problem explained(FlywayException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return new Problem(failure, "CRV-307", database.name(), cause.getMessage());
            }
        }
        return new Problem(failure, "CRV-306", database.name());
    }
}
