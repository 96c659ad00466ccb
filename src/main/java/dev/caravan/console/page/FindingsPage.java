package dev.caravan.console.page;

import dev.caravan.console.access.Roles;
import dev.caravan.migration.serve.Watching;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** What a rule found in the last run, one by one. */
@Path("/findings")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class FindingsPage {

    private static final int PAGE = 100;

    private final Pages pages;
    private final Watching watching;

    public FindingsPage(Pages pages, Watching watching) {
        this.pages = pages;
        this.watching = watching;
    }

    @GET
    public String page(
            @QueryParam("rule") @DefaultValue("") String rule, @QueryParam("after") @DefaultValue("0") long after) {
        var found = watching.findings(rule.isBlank() ? null : rule, after, PAGE);
        return pages.page("findings")
                .data("rule", rule)
                .data("findings", found)
                .data("next", found.size() == PAGE ? found.get(PAGE - 1).seq() : null)
                .render();
    }
}
