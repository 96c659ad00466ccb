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

/** Who did what, newest first. */
@Path("/api/history")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

    private static final String NEWEST = "9223372036854775807";
    private static final int MOST = 1000;

    private final History history;

    public HistoryResource(History history) {
        this.history = history;
    }

    /**
     * @param chain whether all entries are as they were written, as it was within the last minute
     * @param next what to give as {@code before} for the next page; null on the last
     */
    public record Page(AuditLog.Chain chain, List<AuditLog.Entry> entries, Long next) {}

    /** @param before the last {@code seq} of the page before. @param limit at most 1000 */
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page page(
            @QueryParam("before") @DefaultValue(NEWEST) long before,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = Math.max(1, Math.min(MOST, limit));
        var entries = history.page(before, most);
        return new Page(
                history.chain(),
                entries,
                entries.size() == most ? entries.get(most - 1).seq() : null);
    }
}
