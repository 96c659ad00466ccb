package dev.caravan.migration.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.caravan.migration.report.ReportFacts.NextStep;
import dev.caravan.migration.report.ReportFacts.RuleRow;
import dev.caravan.transform.mapping.TargetRules;

/** What a person has to do now, the most pressing first. */
final class NextSteps {

    private final List<NextStep> steps = new ArrayList<>();

    NextSteps interrupted(boolean interrupted) {
        return add(interrupted, "next.resume", List.of(), "caravan run");
    }

    NextSteps accountBroken(boolean broken) {
        return add(broken, "next.account", List.of(), null);
    }

    NextSteps differences(long unexplained) {
        return add(unexplained > 0, "next.differences", List.of(unexplained), null);
    }

    /** One step a rule: the setting differs. */
    NextSteps ceilings(List<RuleRow> rules) {
        rules.stream()
                .filter(RuleRow::exceeded)
                .forEach(rule -> add(
                        true,
                        "next.ceiling",
                        List.of(rule.rule(), rule.records(), rule.of(), rule.ceiling()),
                        "caravan.verify.ceiling." + rule.rule() + "=" + enough(rule)));
        return this;
    }

    /** The least share, in thousandths, that the rule does not exceed. */
    private static double enough(RuleRow rule) {
        return Math.min(1, Math.ceil(1000.0 * rule.records() / rule.of()) / 1000);
    }

    NextSteps deadLetters(long waiting) {
        return add(waiting > 0, "next.dead-letters", List.of(waiting), "caravan dead-letters list");
    }

    NextSteps unverified(boolean unverified) {
        return add(unverified, "next.verify", List.of(), "caravan verify");
    }

    NextSteps names(long renamed) {
        return add(renamed > 0, "next.names", List.of(renamed), null);
    }

    NextSteps inventedEmails(long invented) {
        return add(invented > 0, "next.emails", List.of(invented), null);
    }

    /** @param advice what the target's connector says of the package */
    NextSteps importing(ReportFacts.Sealed sealed, Function<Path, Optional<TargetRules.Advice>> advice) {
        if (sealed == null || sealed.imported()) {
            return this;
        }
        add(true, "next.import", List.of(sealed.path()), null);
        advice.apply(Path.of(sealed.path())).ifPresent(one -> add(true, "next." + one.id(), one.arguments(), null));
        return this;
    }

    private NextSteps add(boolean wanted, String id, List<Object> arguments, String command) {
        if (wanted) {
            steps.add(new NextStep(id, arguments, command));
        }
        return this;
    }

    List<NextStep> list() {
        return List.copyOf(steps);
    }
}
