package dev.caravan.migration.approval;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;

/** Which phases of a run wait for approval, and from whom. */
public final class ApprovalRules {

    /** As {@code routes/migration.camel.yaml} has them, in their order. */
    public static final List<String> PHASES = List.of("inventory", "directory", "history", "seal", "verification");

    private static final String SETTING = "caravan.approval.phases";
    private static final String ALL = "all";

    private final Set<String> phases;
    private final boolean secondPerson;

    private ApprovalRules(Set<String> phases, boolean secondPerson) {
        this.phases = phases;
        this.secondPerson = secondPerson;
    }

    /** @throws Problem CRV-680 for what is no phase */
    public static ApprovalRules of(Settings.Approval settings) {
        var phases = new TreeSet<>(settings.phases().orElse(List.of()));
        for (String phase : phases) {
            if (!phase.equals(ALL) && !PHASES.contains(phase)) {
                throw new Problem("CRV-680", SETTING, phase, ALL + ", " + String.join(", ", PHASES));
            }
        }
        return new ApprovalRules(phases, settings.secondPerson());
    }

    boolean wanted(String phase) {
        return phases.contains(ALL) || phases.contains(phase);
    }

    boolean any() {
        return !phases.isEmpty();
    }

    /** @param starters of the run */
    boolean allowed(String who, List<String> starters) {
        return !secondPerson || !starters.contains(who);
    }
}
