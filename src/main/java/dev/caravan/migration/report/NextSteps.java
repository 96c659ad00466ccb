package dev.caravan.migration.report;

import java.util.ArrayList;
import java.util.List;

import dev.caravan.migration.report.ReportFacts.NextStep;

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

    NextSteps importing(ReportFacts.Sealed sealed) {
        return add(
                sealed != null && !sealed.imported(),
                "next.import",
                sealed == null ? List.of() : List.of(sealed.path()),
                null);
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
