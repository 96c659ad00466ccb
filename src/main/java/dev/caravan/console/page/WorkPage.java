package dev.caravan.console.page;

import java.util.Locale;

import dev.caravan.console.access.Roles;
import dev.caravan.migration.serve.RunService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The line on top of every page that tells what goes on, and tells the page when that has ended. */
@Path("/live/work")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class WorkPage {

    private final Pages pages;
    private final RunService runs;

    public WorkPage(Pages pages, RunService runs) {
        this.pages = pages;
        this.runs = runs;
    }

    /** @param was the mark of what the page knew: even work that began and ended since then is news */
    @GET
    public Response line(@QueryParam("was") @DefaultValue("") String was) {
        var status = runs.status();
        var state = status.state().name().toLowerCase(Locale.ROOT);
        var mark = state + (status.began() == null ? "" : status.began().toEpochMilli());
        var line = Response.ok(pages.page("work")
                .data("mark", mark)
                .data("state", state)
                .data("work", status.work())
                .data("waiting", runs.waiting())
                .data("problem", status.problem())
                .render());
        return was.isEmpty() || was.equals(mark)
                ? line.build()
                : line.header("HX-Trigger", "changed").build();
    }
}
