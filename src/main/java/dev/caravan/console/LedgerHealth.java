package dev.caravan.console;

import dev.caravan.ledger.Ledger;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the ledger can be read. One that the first run will make is no obstacle. */
@Readiness
@ApplicationScoped
public class LedgerHealth implements HealthCheck {

    private final LedgerAccess ledgers;

    public LedgerHealth(LedgerAccess ledgers) {
        this.ledgers = ledgers;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("ledger");
        try {
            ledgers.findReadOnly().ifPresent(LedgerHealth::read);
            return answer.up().build();
        } catch (Problem problem) {
            return answer.down().withData("code", problem.code()).build();
        }
    }

    private static void read(Ledger found) {
        try (Ledger ledger = found) {
            ledger.holder();
        }
    }
}
