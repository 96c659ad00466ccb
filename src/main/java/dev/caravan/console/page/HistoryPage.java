package dev.caravan.console.page;

import dev.caravan.console.History;
import dev.caravan.console.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Who did what. */
@Path("/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class HistoryPage {

    private static final int PAGE = 100;

    private final Pages pages;
    private final History history;

    public HistoryPage(Pages pages, History history) {
        this.pages = pages;
        this.history = history;
    }

    @GET
    public String page(@QueryParam("before") Long before) {
        var entries = history.page(before == null ? Long.MAX_VALUE : before, PAGE);
        return pages.page("history")
                .data("chain", history.chain())
                .data("entries", entries)
                .data("next", entries.size() == PAGE ? entries.get(PAGE - 1).seq() : null)
                .render();
    }
}
