package dev.caravan.console.api;

import dev.caravan.console.History;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.rollback.Extent;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Takes back from the target what this migration brought. How far it is tells {@code GET /api/run}. */
@Path("/api/rollback")
@Produces(MediaType.APPLICATION_JSON)
public class RollbackResource {

    private final RollbackDesk desk;
    private final History history;

    public RollbackResource(RollbackDesk desk, History history) {
        this.desk = desk;
        this.history = history;
    }

    /** @param things the number the dry run named, typed by a person. @param digest the dry run's, from {@code extent} */
    public record Confirmation(long things, String digest) {}

    /** What the last dry run found, or the last rollback did; 204 before the first. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Response last() {
        return desk.last().map(seen -> Response.ok(seen).build()).orElseGet(() -> Response.noContent()
                .build());
    }

    /** Looks what would go and what would stay; changes nothing on the target. */
    @POST
    @Path("/dry-run")
    @RolesAllowed(Roles.OPERATOR)
    public Response look() {
        history.doing("rollback-dry-run", "", desk::look);
        return Response.accepted().build();
    }

    @POST
    @RolesAllowed(Roles.APPROVER)
    public Response takeBack(Confirmation confirmation) {
        var given = Given.body(confirmation);
        var extent = new Extent(given.things(), given.digest());
        history.doing("rollback", extent.things() + ", " + extent.digest(), () -> desk.takeBack(extent));
        return Response.accepted().build();
    }
}
