package dev.caravan.console.page;

import java.time.Duration;

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

/** How far the last run is in each conversation. */
@Path("/lanes")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class LanesPage {

    private static final int PAGE = 100;

    private final Pages pages;
    private final Watching watching;
    private final Rates rates;

    public LanesPage(Pages pages, Watching watching, Rates rates) {
        this.pages = pages;
        this.watching = watching;
        this.rates = rates;
    }

    /**
     * @param state waiting, begun or done: key {@code console.lane-state.<state>}
     * @param perSecond messages read, lately; 0 when nothing goes on
     * @param remaining by what the run before read here; null when nobody can tell
     */
    public record Row(Lanes.Lane lane, String state, long perSecond, Duration remaining) {}

    @GET
    public String page(@QueryParam("after") @DefaultValue("") String after) {
        var found = watching.lanes(after, PAGE);
        return pages.page("lanes")
                .data("after", after)
                .data("lanes", found.stream().map(this::row).toList())
                .data("next", found.size() == PAGE ? found.get(PAGE - 1).id() : null)
                .render();
    }

    private Row row(Lanes.Lane lane) {
        if (lane.done() || !lane.begun()) {
            return new Row(lane, lane.done() ? "done" : "waiting", 0, null);
        }
        var perSecond = rates.of("lane " + lane.id(), lane.read());
        var left = lane.before() - lane.read();
        return new Row(
                lane, "begun", perSecond, perSecond == 0 || left <= 0 ? null : Duration.ofSeconds(left / perSecond));
    }
}
