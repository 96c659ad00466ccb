package dev.caravan.console.api;

import dev.caravan.console.History;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.serve.CheckDesk;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Whether the target keeps to what a run relies on. How far a probe is tells {@code GET /api/run}. */
@Path("/api/probe")
@Produces(MediaType.APPLICATION_JSON)
public class ProbeResource {

    private final CheckDesk desk;
    private final History history;

    public ProbeResource(CheckDesk desk, History history) {
        this.desk = desk;
        this.history = history;
    }

    /** What the last probe found; 204 before the first since the service started. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Response probed() {
        return desk.probed().map(Response::ok).orElseGet(Response::noContent).build();
    }

    /** Tries the target with throw-away objects and removes them again. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    public Response probe() {
        history.doing("probe", "", desk::probe);
        return Response.accepted().build();
    }
}
