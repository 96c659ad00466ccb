package dev.caravan.command;

import dev.caravan.migration.RunSummary;
import dev.caravan.model.Problem;

/** What a command tells the shell. */
final class ExitStatus {
    static final int CLEAN = 0;
    static final int DEAD_LETTERS = 1;
    static final int USAGE = 2;
    static final int ENVIRONMENT = 3;
    static final int DIFFERENT = 4;
    static final int INTERRUPTED = 5;

    private ExitStatus() {}

    static int of(RunSummary summary) {
        if ("different".equals(summary.verdict())) {
            return DIFFERENT;
        }
        return summary.open() > 0 ? DEAD_LETTERS : CLEAN;
    }

    /** Wrong settings, routes, mappings and letters' names are usage; everything else is the environment's fault. */
    static int of(Problem problem) {
        return switch (problem.code().charAt("CRV-".length())) {
            case '2', '5', '6' -> USAGE;
            default -> ENVIRONMENT;
        };
    }
}
