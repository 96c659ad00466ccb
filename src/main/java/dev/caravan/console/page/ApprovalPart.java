package dev.caravan.console.page;

import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.approval.Approving;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The part of the migration's page where a phase is approved. */
@Path("/live/approval")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class ApprovalPart {

    private final Pages pages;
    private final Approving approving;
    private final Caller caller;

    public ApprovalPart(Pages pages, Approving approving, Caller caller) {
        this.pages = pages;
        this.approving = approving;
        this.caller = caller;
    }

    /**
     * A button that is replaced while somebody presses it does nothing: what has not changed is not sent again.
     *
     * @param seen the mark of what the page shows
     */
    @GET
    public Response part(@QueryParam("seen") String seen) {
        var standing = approving.standing();
        var mark = Integer.toHexString(standing.hashCode());
        if (mark.equals(seen)) {
            return Response.noContent().build();
        }
        return Response.ok(pages.page("migration-approval")
                        .data("standing", standing)
                        .data("mark", mark)
                        .data("mayBe", standing.mayBe(caller.name()))
                        .render())
                .build();
    }
}
