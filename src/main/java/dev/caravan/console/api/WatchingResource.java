package dev.caravan.console.api;

import java.util.List;

import dev.caravan.console.access.Roles;
import dev.caravan.ledger.Lanes;
import dev.caravan.migration.serve.Watching;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** The last run in detail: its speed, its lanes. */
@Path("/api/run")
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

    @GET
    @Path("/series")
    public Watching.Series series() {
        return watching.series();
    }

    /** One page, by id. @param limit at most 1000 */
    @GET
    @Path("/lanes")
    public LanesPage lanes(
            @QueryParam("after") @DefaultValue("") String after, @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = Math.max(1, Math.min(MOST, limit));
        var found = watching.lanes(after, most);
        return new LanesPage(found, found.size() == most ? found.get(most - 1).id() : null);
    }
}
