package dev.caravan.ledger;

import java.sql.SQLException;

import dev.caravan.model.Problem;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/** The ledger's tables, made and brought up to date by Flyway. */
final class Schema {

    private final Database database;
    private final Flyway flyway;

    Schema(Database database) {
        this.database = database;
        var configuration = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database.migrations())
                .locations("classpath:db/migration/common", "classpath:db/migration/" + database.vendor())
                .placeholders(database.types())
                .loggers(FlywayLog.class.getName())
                // By default tables made by a newer version would be taken for good.
                .ignoreMigrationPatterns(new String[0]);
        database.schema().ifPresent(schema -> configuration.schemas(schema).createSchemas(true));
        this.flyway = configuration.load();
    }

    /** @throws Problem CRV-306 when the tables are another version's, which this one must not touch */
    void bringUpToDate() {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw explained(e);
        }
    }

    /** Writes nothing. @throws Problem CRV-306 when the tables are not this version's */
    void check() {
        try {
            for (var migration : flyway.info().all()) {
                if (migration.getState() != MigrationState.SUCCESS) {
                    throw new Problem("CRV-306", database.name());
                }
            }
        } catch (FlywayException e) {
            throw explained(e);
        }
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
