package dev.caravan.console.api;

import java.time.Duration;

import dev.caravan.console.History;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.find.Answer;
import dev.caravan.migration.find.Finder;
import dev.caravan.migration.find.Permalinks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Where something of the source is on the target, or why not. Tells no text; that somebody asked is written down. */
@Path("/api/find")
public class FindResource {

    /** Less than a browser, or a proxy in between, waits for a page. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Finder finder;
    private final Permalinks permalinks;
    private final History history;

    public FindResource(Finder finder, Permalinks permalinks, History history) {
        this.finder = finder;
        this.permalinks = permalinks;
        this.history = history;
    }

    /** By {@code what}; or by {@code person} and {@code day}; or by {@code file}. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.VIEWER)
    public Answer find(@BeanParam FindQuery query) {
        history.note("find", query.words());
        return query.ask(finder, PATIENCE);
    }

    /** All messages: old address, new address. @param site the source's web address, https://acme.slack.com */
    @GET
    @Path("/permalinks.csv")
    @Produces("text/csv")
    @RolesAllowed(Roles.VIEWER)
    public Response permalinks(@QueryParam("site") String site) {
        permalinks.check(site);
        history.note("permalinks", site == null ? "" : site);
        StreamingOutput all = out -> permalinks.write(site, out);
        return Response.ok(all, "text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"permalinks.csv\"")
                .build();
    }
}
