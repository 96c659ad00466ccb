package dev.caravan.console;

import dev.caravan.ledger.Ledger;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the ledger can be read. A service makes one when it starts; from then on one that is missing is lost. */
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
        try (Ledger ledger = ledgers.openReadOnly()) {
            return answer.up().withData("writer", ledger.holder().owner()).build();
        } catch (Problem problem) {
            return answer.down().withData("code", problem.code()).build();
        }
    }
}
