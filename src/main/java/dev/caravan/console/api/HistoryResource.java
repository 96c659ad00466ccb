package dev.caravan.console.api;

import java.util.List;

import dev.caravan.console.History;
import dev.caravan.console.access.Roles;
import dev.caravan.ledger.AuditLog;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Who did what at the console, newest first. */
@Path("/api/history")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

    private static final String NEWEST = "9223372036854775807";
    private static final int MOST = 1000;

    private final History history;

    public HistoryResource(History history) {
        this.history = history;
    }

    /** @param before the last {@code seq} of the page before. @param limit at most 1000 */
    @GET
    @RolesAllowed(Roles.VIEWER)
    public List<AuditLog.Entry> page(
            @QueryParam("before") @DefaultValue(NEWEST) long before,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        return history.page(before, Math.max(1, Math.min(MOST, limit)));
    }
}
