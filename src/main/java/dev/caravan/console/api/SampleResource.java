package dev.caravan.console.api;

import java.util.List;

import dev.caravan.console.History;
import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.ledger.Ticks;
import dev.caravan.ledger.Ticks.Tick;
import dev.caravan.migration.sample.SampleTable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Some messages, source and target side by side, for people to compare and tick off. */
@Path("/api/sample")
@Produces(MediaType.APPLICATION_JSON)
public class SampleResource {

    private static final int PAGE = 100;

    private final SampleDesk desk;
    private final SampleTable table;
    private final History history;
    private final Caller caller;

    public SampleResource(SampleDesk desk, SampleTable table, History history, Caller caller) {
        this.desk = desk;
        this.table = table;
        this.history = history;
        this.caller = caller;
    }

    /**
     * @param number of messages, 1 to 1000
     * @param seed the same one picks the same messages
     * @param reason why somebody is to look at texts
     */
    public record Draw(int number, long seed, String reason) {}

    /**
     * @param place of the message in the sample
     * @param verdict right, wrong or none
     * @param note of whoever looked at it
     */
    public record Found(int place, String verdict, String note) {}

    /** How far it is, by owner of a conversation. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    public List<Ticks.Progress> progress() {
        return desk.progress();
    }

    /** Draws a sample; 202, how far it is tells {@code GET /api/run}. */
    @POST
    @RolesAllowed(Roles.READER)
    public Response draw(Draw draw) {
        var reason = Given.reason(Given.body(draw).reason());
        history.doing(
                "sample",
                draw.number() + ", " + draw.seed() + ": " + reason,
                () -> desk.draw(draw.number(), draw.seed()));
        return Response.accepted().build();
    }

    /** One page with both texts. @param after the {@code place} of the last of the page before */
    @GET
    @Path("/messages")
    @RolesAllowed(Roles.READER)
    public List<SampleDesk.Shown> messages(
            @QueryParam("owner") @DefaultValue("") String owner,
            @QueryParam("after") @DefaultValue("-1") int after,
            @QueryParam("reason") String reason) {
        history.note("sample-read", owner + ": " + Given.reason(reason));
        return desk.page(owner, after, PAGE);
    }

    /** Says that a message arrived as it was, or did not. */
    @POST
    @Path("/ticks")
    @RolesAllowed(Roles.READER)
    public Tick tick(Found found) {
        Given.body(found);
        var tick = desk.tick(found.place(), found.verdict(), found.note(), caller.name())
                .tick();
        history.note("tick", tick.id() + ": " + found.verdict());
        return tick;
    }

    /** What people found. Their notes may hold text. */
    @GET
    @Path("/ticks.csv")
    @Produces("text/csv")
    @RolesAllowed(Roles.READER)
    public Response ticks() {
        StreamingOutput all = table::write;
        return Response.ok(all, "text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"sample.csv\"")
                .build();
    }
}
