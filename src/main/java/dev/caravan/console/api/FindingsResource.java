package dev.caravan.console.api;

import java.util.List;

import dev.caravan.console.access.Roles;
import dev.caravan.ledger.Findings;
import dev.caravan.migration.serve.Watching;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** What rules found in the last run. */
@Path("/api/findings")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class FindingsResource {

    private static final int MOST = 1000;

    private final Watching watching;

    public FindingsResource(Watching watching) {
        this.watching = watching;
    }

    /** @param next what to give as {@code after} for the next page; null on the last */
    public record Page(List<Findings.Stored> findings, Long next) {}

    /** One page, in the order of finding; ids and short details, no text of a record. @param rule of one rule only */
    @GET
    public Page page(
            @QueryParam("rule") String rule,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = Math.max(1, Math.min(MOST, limit));
        var found = watching.findings(rule == null || rule.isBlank() ? null : rule, after, most);
        return new Page(found, found.size() == most ? found.get(most - 1).seq() : null);
    }
}
