package dev.caravan.console.page;

import java.util.List;

import dev.caravan.console.History;
import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.console.api.Given;
import dev.caravan.console.api.SampleDesk;
import dev.caravan.console.api.SampleDesk.Shown;
import dev.caravan.console.api.SampleResource.Found;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** The sample that people tick off, by owner of a conversation. */
@Path("/sample")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class SamplePage {

    private static final int PAGE = 20;

    private final Pages pages;
    private final SampleDesk desk;
    private final History history;
    private final Caller caller;

    public SamplePage(Pages pages, SampleDesk desk, History history, Caller caller) {
        this.pages = pages;
        this.desk = desk;
        this.history = history;
        this.caller = caller;
    }

    /** Without a reason no text is shown. */
    @GET
    public String page(
            @QueryParam("owner") @DefaultValue("") String owner,
            @QueryParam("after") @DefaultValue("-1") int after,
            @QueryParam("reason") @DefaultValue("") String reason) {
        List<Shown> shown = List.of();
        if (caller.may(Roles.READER) && !reason.isBlank()) {
            history.note("sample-read", owner + ": " + reason);
            shown = desk.page(owner, after, PAGE);
        }
        return pages.page("sample")
                .data("progress", desk.progress())
                .data("owner", owner)
                .data("reason", reason)
                .data("messages", shown)
                .data("next", shown.size() == PAGE ? shown.get(PAGE - 1).tick().place() : null)
                .render();
    }

    @GET
    @Path("/progress")
    public String progress() {
        return pages.page("sample-progress")
                .data("progress", desk.progress())
                .data("owner", "")
                .data("reason", "")
                .render();
    }

    /** Ticks one off, and answers it as it is then. */
    @POST
    @Path("/ticks")
    @RolesAllowed(Roles.READER)
    public String tick(Found found) {
        Given.body(found);
        var shown = desk.tick(found.place(), found.verdict(), found.note(), caller.name());
        history.note("tick", shown.tick().id() + ": " + found.verdict());
        return pages.page("sample-message").data("one", shown).render();
    }
}
