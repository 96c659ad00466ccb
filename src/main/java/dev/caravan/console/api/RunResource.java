package dev.caravan.console.api;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import dev.caravan.console.History;
import dev.caravan.console.Language;
import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.ledger.Run;
import dev.caravan.migration.Migration;
import dev.caravan.migration.Pausing;
import dev.caravan.migration.Progress;
import dev.caravan.migration.RateInUse;
import dev.caravan.migration.RunSummary;
import dev.caravan.migration.SinkRates;
import dev.caravan.migration.reload.Reload;
import dev.caravan.migration.report.Reports;
import dev.caravan.migration.serve.Elsewhere;
import dev.caravan.migration.serve.RunService;
import dev.caravan.migration.serve.Standstill;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Starts and stops a run and tells how far it is. Messages are in English, or in Chinese when asked for. */
@Path("/api/run")
@Produces(MediaType.APPLICATION_JSON)
public class RunResource {

    private final RunService runs;
    private final Migration migration;
    private final Progress progress;
    private final Reload reload;
    private final Reports reports;
    private final Pausing pausing;
    private final Standstill standstill;
    private final Elsewhere elsewhere;
    private final SinkRates rates;
    private final Caller caller;
    private final History history;
    private final Language language;

    public RunResource(
            RunService runs,
            Migration migration,
            Progress progress,
            Reload reload,
            Reports reports,
            Pausing pausing,
            Standstill standstill,
            Elsewhere elsewhere,
            SinkRates rates,
            Caller caller,
            History history,
            Language language) {
        this.runs = runs;
        this.migration = migration;
        this.progress = progress;
        this.reload = reload;
        this.reports = reports;
        this.pausing = pausing;
        this.standstill = standstill;
        this.elsewhere = elsewhere;
        this.rates = rates;
        this.caller = caller;
        this.history = history;
        this.language = language;
    }

    /**
     * @param state idle, running, completed, interrupted or failed: of the work of this service
     * @param work what is in that state: run, verify, replay, check, probe, rollback or rollback-dry-run
     * @param problem why the last work failed, or null
     * @param progress of the run that is going on, or was the last
     * @param halted why nothing is being written, or would not be by a run, in words; or null
     * @param rates of a running target, by group of calls; empty before the first call
     * @param last the account of the last completed run, or null
     * @param refused what is wrong with edited files; the version before serves
     * @param writer another process that writes the same ledger, as it was a moment ago; or null
     * @param waiting names of edited files that serve after the run that is going on
     */
    public record Report(
            String state,
            String work,
            Told problem,
            Progress.State progress,
            String halted,
            List<RateInUse> rates,
            RunSummary last,
            List<Told> refused,
            Collection<String> waiting,
            Elsewhere.Writer writer) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Report get() {
        var words = language.words();
        var status = runs.status();
        var files = reload.state();
        return new Report(
                status.state().name().toLowerCase(Locale.ROOT),
                status.work(),
                status.problem() == null ? null : Told.of(status.problem(), words),
                progress.state(),
                standstill.now().map(halt -> halt.inWords(words, Instant.now())).orElse(null),
                rates.inUse(),
                migration.lastSummary().orElse(null),
                files.refused().stream().map(problem -> Told.of(problem, words)).toList(),
                files.waiting(),
                elsewhere.now().orElse(null));
    }

    /** 202 and the state; 409 while something is going on, or the service is starting. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    public Response start(@QueryParam("accept-changes") @DefaultValue("false") boolean acceptChanges) {
        var tell = report();
        var by = caller.name();
        history.doing("run", acceptChanges ? "--accept-changes" : "", () -> runs.start(by, acceptChanges, tell));
        return Response.accepted(get()).build();
    }

    /** Stops whatever goes on after the batches in flight. Nothing happens when nothing goes on. */
    @POST
    @Path("/stop")
    @RolesAllowed(Roles.OPERATOR)
    public Response stop() {
        history.doing("stop", runs.status().work(), runs::stop);
        return Response.accepted(get()).build();
    }

    /** @param reason in the words of whoever pauses, or null */
    public record Pause(String reason) {}

    /** Lets nothing more be written, in this run and in those that follow, until somebody resumes. */
    @POST
    @Path("/pause")
    @RolesAllowed(Roles.OPERATOR)
    public Report pause(Pause pause) {
        var reason = pause == null || pause.reason() == null || pause.reason().isBlank() ? null : pause.reason();
        history.doing("pause", reason == null ? "" : reason, () -> pausing.pause(caller.name(), reason));
        return get();
    }

    /** Ends a pause. Of a migration that is not paused nothing changes. */
    @POST
    @Path("/resume")
    @RolesAllowed(Roles.OPERATOR)
    public Report resume() {
        history.doing("resume", "", () -> pausing.resume(caller.name()));
        return get();
    }

    /** Compares the target with the source; as {@link #start}. */
    @POST
    @Path("/verification")
    @RolesAllowed(Roles.OPERATOR)
    public Response verify() {
        var tell = report();
        history.doing("verify", "", () -> runs.start("verify", () -> migration.verify(tell)));
        return Response.accepted(get()).build();
    }

    /** Each work ends with its report, in the language of whoever asked for it. */
    private Consumer<Run> report() {
        var words = language.words();
        return run -> reports.write(run, words);
    }
}
