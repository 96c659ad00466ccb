package dev.caravan.console.api;

import dev.caravan.console.History;
import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.approval.Approving;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The phase a run waits for, and who approved what. */
@Path("/api/approvals")
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalsResource {

    private static final int SHOWN_DIGITS = 8;

    private final Approving approving;
    private final History history;
    private final Caller caller;

    public ApprovalsResource(Approving approving, History history, Caller caller) {
        this.approving = approving;
        this.history = history;
        this.caller = caller;
    }

    /** @param digest of what the approver looked at */
    public record Approval(String digest) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Approving.Standing get() {
        return approving.standing();
    }

    /** Lets the run go on. 409 when nothing waits, or it is not what was looked at; 403 when a second person is wanted. */
    @POST
    @RolesAllowed(Roles.APPROVER)
    public Approving.Standing approve(Approval approval) {
        var digest = approval == null || approval.digest() == null ? "" : approval.digest();
        var told = digest.substring(0, Math.min(SHOWN_DIGITS, digest.length()));
        history.doing("approve", told, () -> approving.approve(caller.name(), digest));
        return approving.standing();
    }
}
