package dev.caravan.console.api;

import java.util.List;

import dev.caravan.console.access.Roles;
import dev.caravan.ledger.Findings;
import dev.caravan.ledger.Lanes;
import dev.caravan.migration.serve.Watching;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** The last run in detail: its speed, its lanes, what rules found. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class WatchingResource {

    private static final int MOST = 1000;

    private final Watching watching;

    public WatchingResource(Watching watching) {
        this.watching = watching;
    }

    /** @param next what to give as {@code after} for the next page; null on the last */
    public record LanesPage(List<Lanes.Lane> lanes, String next) {}

    /** @param next what to give as {@code after} for the next page; null on the last */
    public record FindingsPage(List<Findings.Stored> findings, Long next) {}

    @GET
    @Path("/run/series")
    public Watching.Series series() {
        return watching.series();
    }

    /** One page, by id. @param limit at most 1000 */
    @GET
    @Path("/run/lanes")
    public LanesPage lanes(
            @QueryParam("after") @DefaultValue("") String after, @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = Math.max(1, Math.min(MOST, limit));
        var found = watching.lanes(after, most);
        return new LanesPage(found, found.size() == most ? found.get(most - 1).id() : null);
    }

    /** One page, in the order of finding; ids and short details, no text of a record. @param rule of one rule only */
    @GET
    @Path("/findings")
    public FindingsPage findings(
            @QueryParam("rule") String rule,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = Math.max(1, Math.min(MOST, limit));
        var found = watching.findings(rule == null || rule.isBlank() ? null : rule, after, most);
        return new FindingsPage(
                found, found.size() == most ? found.get(most - 1).seq() : null);
    }
}
