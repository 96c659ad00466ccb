package dev.caravan.console.api;

import java.time.Instant;
import java.util.Optional;

import dev.caravan.ledger.Run;
import dev.caravan.migration.Progress;
import dev.caravan.migration.check.Check;
import dev.caravan.migration.check.CheckResult;
import dev.caravan.migration.notify.StaffNotices;
import dev.caravan.migration.notify.StaffNotices.Moment;
import dev.caravan.migration.serve.RunService;
import dev.caravan.migration.serve.RunService.State;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import jakarta.enterprise.context.ApplicationScoped;

/** Texts for the people whose chat moves, at the console. What a run would do is worked out when somebody asks for it. */
@ApplicationScoped
public class StaffDesk {

    private final StaffNotices notices;
    private final Check check;
    private final RunService runs;
    private final Progress progress;
    private volatile CheckResult checked;

    public StaffDesk(StaffNotices notices, Check check, RunService runs, Progress progress) {
        this.notices = notices;
        this.check = check;
        this.runs = runs;
        this.progress = progress;
    }

    /** Reads the whole source, as the command "check" does. @throws Problem see {@link RunService#start} */
    public void workOut() {
        runs.start("figures", () -> {
            checked = check.check();
            return Run.State.COMPLETED;
        });
    }

    /**
     * @return nothing while its figures are not known: nobody has worked them out, or no run has begun
     * @throws Problem CRV-685 for a template that does not serve
     */
    public Optional<String> text(Moment moment, Words words) {
        try {
            return switch (moment) {
                case BEFORE -> Optional.ofNullable(checked).map(result -> notices.before(result, words));
                case DURING -> Optional.of(notices.during(finish(), words));
                case AFTER -> Optional.of(notices.after(words));
            };
        } catch (Problem problem) {
            if ("CRV-303".equals(problem.code()) || "CRV-310".equals(problem.code())) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    private Optional<Instant> finish() {
        return runs.status().state() == State.RUNNING
                ? progress.state().remaining().map(Instant.now()::plus)
                : Optional.empty();
    }
}
