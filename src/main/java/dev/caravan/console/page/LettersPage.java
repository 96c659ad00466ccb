package dev.caravan.console.page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.console.History;
import dev.caravan.console.access.Roles;
import dev.caravan.console.api.Given;
import dev.caravan.console.api.LetterQuery;
import dev.caravan.console.api.RecordsResource;
import dev.caravan.migration.letters.Letters;
import dev.caravan.migration.letters.Preview;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Dead letters, grouped by cause and one by one. */
@Path("/dead-letters")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class LettersPage {

    private static final int PAGE = 50;

    private final Pages pages;
    private final Letters letters;
    private final Preview preview;
    private final ObjectMapper json;
    private final History history;

    public LettersPage(Pages pages, Letters letters, Preview preview, ObjectMapper json, History history) {
        this.pages = pages;
        this.letters = letters;
        this.preview = preview;
        this.json = json;
        this.history = history;
    }

    /** @param waiting letters of this cause that somebody still has to look at */
    public record Group(String cause, long waiting) {
        public String encoded() {
            return LetterQuery.ofCause(cause).encoded();
        }
    }

    @GET
    public String page(@BeanParam LetterQuery query, @QueryParam("after") @DefaultValue("0") long after) {
        var found = letters.list(query.filter(), after, PAGE);
        var groups = groups();
        return pages.page("letters")
                .data("groups", groups)
                .data("total", groups.stream().mapToLong(Group::waiting).sum())
                .data("query", query)
                .data("kinds", Arrays.stream(Kind.values()).map(Kind::word).toList())
                .data("states", List.of("open", "edited", "replayed", "waived"))
                .data("letters", found)
                .data("next", found.size() == PAGE ? found.get(PAGE - 1).id() : null)
                .render();
    }

    private List<Group> groups() {
        return letters.waiting().entrySet().stream()
                .map(group -> new Group(group.getKey(), group.getValue()))
                .sorted((a, b) -> Long.compare(b.waiting(), a.waiting()))
                .toList();
    }

    @GET
    @Path("/{id}")
    public String one(@PathParam("id") long id) {
        var letter = letters.show(id).head();
        return pages.page("letter")
                .data("letter", letter)
                .data("causeEncoded", LetterQuery.ofCause(letter.cause()).encoded())
                .render();
    }

    /** The part of the page with the text of the record, for a reason. */
    @POST
    @Path("/{id}/text")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.READER)
    public String text(@PathParam("id") long id, RecordsResource.Reason why) {
        var reason = Given.reason(Given.body(why).reason());
        var letter = letters.show(id);
        history.note("read", id + ": " + reason);
        var page = pages.page("letter-text")
                .data("letter", letter.head())
                .data("reason", reason)
                .data("raw", text(letter.raw()))
                .data("current", text(letter.current()))
                .data("edited", letter.edited() != null)
                .data("broken", text(letter.raw()).indexOf('\uFFFD') >= 0)
                .data("context", letter.context() == null ? "" : pretty(letter.context()));
        canonical(page, () -> preview.of(id));
        return page.render();
    }

    /** What the record in the page's field would become; nothing of it is kept. */
    @POST
    @Path("/{id}/try")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.READER)
    public String attempt(@PathParam("id") long id, RecordsResource.Attempt given) {
        var attempt = Given.body(given);
        history.note("try", id + ": " + Given.reason(attempt.reason()));
        var page = pages.page("letter-canonical");
        var record = attempt.record() == null ? "" : attempt.record();
        canonical(page, () -> preview.of(id, record.getBytes(StandardCharsets.UTF_8)));
        return page.render();
    }

    private void canonical(TemplateInstance page, Supplier<Preview.Canonical> attempt) {
        page.data("canonical", List.of()).data("refused", List.of()).data("problem", null);
        try {
            var found = attempt.get();
            page.data("canonical", found.canonical().stream().map(this::pretty).toList())
                    .data("refused", found.refused());
        } catch (Problem problem) {
            page.data("problem", problem);
        }
    }

    private String pretty(Object tree) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException ours) {
            throw new IllegalStateException("a tree that is no JSON", ours);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
