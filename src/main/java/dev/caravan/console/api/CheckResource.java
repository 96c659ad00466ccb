package dev.caravan.console.api;

import java.time.Instant;

import dev.caravan.console.History;
import dev.caravan.console.Language;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.check.CheckResult;
import dev.caravan.migration.serve.CheckDesk;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What a run would do. How far a check is tells {@code GET /api/run}. */
@Path("/api/check")
@Produces(MediaType.APPLICATION_JSON)
public class CheckResource {

    private final CheckDesk desk;
    private final History history;
    private final Language language;

    public CheckResource(CheckDesk desk, History history, Language language) {
        this.desk = desk;
        this.history = history;
        this.language = language;
    }

    /** @param check as {@code check --json} prints it */
    public record Checked(Instant at, CheckResult.Told check) {}

    /** What the last check found; 204 before the first since the service started. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Response checked() {
        return desk.checked()
                .map(one -> Response.ok(new Checked(one.at(), one.result().told(language.words()))))
                .orElseGet(Response::noContent)
                .build();
    }

    /** Reads the whole source and writes nothing anywhere. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    public Response check() {
        history.doing("check", "", desk::check);
        return Response.accepted().build();
    }
}
