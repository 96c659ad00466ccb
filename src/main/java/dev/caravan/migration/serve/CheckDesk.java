package dev.caravan.migration.serve;

import java.time.Instant;
import java.util.Optional;

import dev.caravan.ledger.Run;
import dev.caravan.migration.Expected;
import dev.caravan.migration.check.Check;
import dev.caravan.migration.check.CheckResult;
import dev.caravan.migration.check.Probe;
import dev.caravan.model.Problem;
import dev.caravan.transport.TargetProbe;
import jakarta.enterprise.context.ApplicationScoped;

/** Checks and probes on demand, and what the last of each found since the service started. */
@ApplicationScoped
public class CheckDesk {

    private final Check check;
    private final Probe probe;
    private final RunService runs;
    private final Expected expected;
    private volatile Checked checked;
    private volatile Probed probed;

    public CheckDesk(Check check, Probe probe, RunService runs, Expected expected) {
        this.check = check;
        this.probe = probe;
        this.runs = runs;
        this.expected = expected;
    }

    public record Checked(Instant at, CheckResult result) {}

    public record Probed(Instant at, TargetProbe.Result result) {}

    public Optional<Checked> checked() {
        return Optional.ofNullable(checked);
    }

    public Optional<Probed> probed() {
        return Optional.ofNullable(probed);
    }

    /** @throws Problem see {@link RunService#start(String, java.util.function.Supplier)} */
    public void check() {
        runs.start("check", () -> {
            var result = check.check();
            checked = new Checked(Instant.now(), result);
            if (!result.complete()) {
                return result.problems().isEmpty() ? Run.State.INTERRUPTED : Run.State.COMPLETED;
            }
            result.kinds().stream()
                    .filter(kind -> kind.kind().equals("message"))
                    .forEach(kind -> expected.checked(kind.read()));
            return Run.State.COMPLETED;
        });
    }

    /** @throws Problem see {@link #check} */
    public void probe() {
        runs.start("probe", () -> {
            probed = new Probed(Instant.now(), probe.probe());
            return Run.State.COMPLETED;
        });
    }
}
