package dev.caravan.console.page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.console.History;
import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.console.api.LetterQuery;
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
    private final Caller caller;

    public LettersPage(
            Pages pages, Letters letters, Preview preview, ObjectMapper json, History history, Caller caller) {
        this.pages = pages;
        this.letters = letters;
        this.preview = preview;
        this.json = json;
        this.history = history;
        this.caller = caller;
    }

    /** @param waiting letters of this cause that somebody still has to look at */
    public record Group(String cause, long waiting) {}

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

    /** Without a reason no text is shown. */
    @GET
    @Path("/{id}")
    public String one(@PathParam("id") long id, @QueryParam("reason") String reason) {
        var letter = letters.show(id);
        var page = pages.page("letter").data("letter", letter.head()).data("reason", reason);
        var reads = caller.may(Roles.READER) && reason != null && !reason.isBlank();
        page.data("reads", reads);
        if (reads) {
            history.note("read", id + ": " + reason);
            page.data("raw", text(letter.raw()))
                    .data("current", text(letter.current()))
                    .data("edited", letter.edited() != null)
                    .data("broken", text(letter.raw()).indexOf('\uFFFD') >= 0)
                    .data("context", letter.context() == null ? "" : pretty(letter.context()));
            canonical(page, () -> preview.of(id));
        }
        return page.render();
    }

    /** What the record in the page's field would become; nothing of it is kept. */
    @POST
    @Path("/{id}/canonical")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed(Roles.READER)
    public String attempt(@PathParam("id") long id, byte[] tried) {
        history.note("try", Long.toString(id));
        var page = pages.page("letter-canonical");
        canonical(page, () -> preview.of(id, tried));
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
