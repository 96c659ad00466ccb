package dev.caravan.console;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import dev.caravan.migration.Migration;
import dev.caravan.migration.Progress;
import dev.caravan.migration.RunSummary;
import dev.caravan.migration.reload.Reload;
import dev.caravan.migration.serve.RunService;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Starts a run of a service and tells how far it is. Messages are in English, or in Chinese when asked for. */
@Path("/api/run")
@Produces(MediaType.APPLICATION_JSON)
public class RunResource {

    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;

    private final RunService runs;
    private final Migration migration;
    private final Progress progress;
    private final Reload reload;

    public RunResource(RunService runs, Migration migration, Progress progress, Reload reload) {
        this.runs = runs;
        this.migration = migration;
        this.progress = progress;
        this.reload = reload;
    }

    /**
     * @param state idle, running, completed, interrupted or failed
     * @param problem why the last run failed, or null
     * @param progress of the run that is going on, or was the last
     * @param halted why nothing is being written, in words, or null
     * @param last the account of the last completed run, or null
     * @param refused what is wrong with edited files; the version before serves
     * @param waiting names of edited files that serve after the run that is going on
     */
    public record Report(
            String state,
            Told problem,
            Progress.State progress,
            String halted,
            RunSummary last,
            List<Told> refused,
            Collection<String> waiting) {}

    /** @param message names file and line where there is one */
    public record Told(String code, String message) {}

    /** 202 and the state; 409 while a run is going on, or the service is starting. */
    @POST
    public Response start(
            @QueryParam("accept-changes") @DefaultValue("false") boolean acceptChanges, @Context HttpHeaders headers) {
        try {
            runs.start(acceptChanges);
        } catch (Problem going) {
            return Response.status(CONFLICT).entity(told(going, words(headers))).build();
        }
        return Response.status(ACCEPTED).entity(report(words(headers))).build();
    }

    @GET
    public Report get(@Context HttpHeaders headers) {
        return report(words(headers));
    }

    private Report report(Words words) {
        var status = runs.status();
        var files = reload.state();
        var going = progress.state();
        var halt = status.state() == RunService.State.RUNNING ? going.halt() : null;
        return new Report(
                status.state().name().toLowerCase(Locale.ROOT),
                status.problem() == null ? null : told(status.problem(), words),
                going,
                halt == null ? null : halt.inWords(words, Instant.now()),
                migration.lastSummary().orElse(null),
                files.refused().stream().map(problem -> told(problem, words)).toList(),
                files.waiting());
    }

    private static Told told(Problem problem, Words words) {
        return new Told(problem.code(), problem.inWords(words));
    }

    private static Words words(HttpHeaders headers) {
        return Words.in(headers.getAcceptableLanguages().get(0));
    }
}
