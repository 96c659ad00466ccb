package dev.caravan.console.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.console.History;
import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.console.api.Given;
import dev.caravan.console.api.MappingsResource.Trial;
import dev.caravan.migration.mapping.MappingDesk;
import dev.caravan.migration.mapping.MappingFiles;
import dev.caravan.migration.mapping.MappingPlace;
import dev.caravan.model.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** A template beside a record of the source and what becomes of it; changed and tried at once. */
@Path("/mapping")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class MappingPage {

    private final Pages pages;
    private final MappingFiles files;
    private final MappingDesk desk;
    private final ObjectMapper json;
    private final History history;
    private final Caller caller;

    public MappingPage(
            Pages pages, MappingFiles files, MappingDesk desk, ObjectMapper json, History history, Caller caller) {
        this.pages = pages;
        this.files = files;
        this.desk = desk;
        this.json = json;
        this.history = history;
        this.caller = caller;
    }

    /** Without a reason no record is shown. @param number of the record, from 1 */
    @GET
    @Path("/{side}/{kind}")
    public String page(
            @PathParam("side") String side,
            @PathParam("kind") String kind,
            @QueryParam("conversation") @DefaultValue("") String conversation,
            @QueryParam("number") @DefaultValue("1") int number,
            @QueryParam("reason") @DefaultValue("") String reason) {
        var place = MappingPlace.of(side, kind);
        String record = null;
        Problem problem = null;
        if (caller.may(Roles.READER) && !reason.isBlank()) {
            history.note("sample-record", place.kind().word() + " " + number + ": " + reason);
            try {
                record = pretty(desk.sample(place.kind(), conversation, Math.max(0, number - 1)));
            } catch (Problem none) {
                problem = none;
            }
        }
        return pages.page("mapping")
                .data("files", files.all())
                .data("file", files.get(place))
                .data("conversation", conversation)
                .data("number", number)
                .data("next", number + 1)
                .data("reason", reason)
                .data("record", record)
                .data("problem", problem)
                .render();
    }

    @GET
    public String first() {
        return page("from", "message", "", 1, "");
    }

    /** What the record in the page's field becomes with the template in the page's field. */
    @POST
    @Path("/{side}/{kind}/try")
    @RolesAllowed(Roles.READER)
    public String attempt(@PathParam("side") String side, @PathParam("kind") String kind, Trial trial) {
        var page = pages.page("mapping-result").data("attempt", null).data("failed", null);
        try {
            var attempt =
                    desk.attempt(MappingPlace.of(side, kind), Given.body(trial).template(), trial.record());
            page.data("attempt", attempt)
                    .data("canonical", attempt.canonical() == null ? null : pretty(attempt.canonical()))
                    .data("target", attempt.target() == null ? null : pretty(attempt.target()));
        } catch (Problem problem) {
            page.data("failed", problem);
        }
        return page.render();
    }

    /** What saving the template in the page's field would change. */
    @POST
    @Path("/{side}/{kind}/review")
    @RolesAllowed(Roles.OPERATOR)
    public String review(@PathParam("side") String side, @PathParam("kind") String kind, Trial trial) {
        var place = MappingPlace.of(side, kind);
        var review = files.review(place, Given.body(trial).template());
        return pages.page("mapping-review")
                .data("place", place)
                .data("review", review)
                .data("lines", review.diff().stream().map(Line::of).toList())
                .render();
    }

    /** @param sort added, removed or same */
    public record Line(String sort, String text) {
        static Line of(String text) {
            var sort = text.startsWith("+") ? "added" : text.startsWith("-") ? "removed" : "same";
            return new Line(sort, text);
        }
    }

    private String pretty(JsonNode tree) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException ours) {
            throw new IllegalStateException("a tree that is no JSON", ours);
        }
    }
}
