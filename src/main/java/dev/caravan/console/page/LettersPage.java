package dev.caravan.console.page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.console.History;
import dev.caravan.console.access.Roles;
import dev.caravan.console.api.Given;
import dev.caravan.console.api.LetterQuery;
import dev.caravan.console.api.RecordsResource;
import dev.caravan.ledger.LetterGroup;
import dev.caravan.migration.Settings;
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
    private static final int GROUPS = 100;
    private static final String UNKNOWN_AUTHOR = "unknown-author";

    /** Steps of the road that refuse, in its order. */
    private static final List<String> STAGES = List.of("read", "cleanse", "canonical", "link", "target", "deliver");

    private final Pages pages;
    private final Letters letters;
    private final Settings settings;
    private final Preview preview;
    private final ObjectMapper json;
    private final History history;

    public LettersPage(
            Pages pages, Letters letters, Preview preview, ObjectMapper json, History history, Settings settings) {
        this.settings = settings;
        this.pages = pages;
        this.letters = letters;
        this.preview = preview;
        this.json = json;
        this.history = history;
    }

    /** @param number tells the forms of the page apart. @param mapped whether an entry in the user map mends it */
    public record Group(int number, LetterGroup of, boolean mapped) {
        public String encoded() {
            return LetterQuery.of(of.cause(), of.subject()).encoded();
        }
    }

    @GET
    public String page(@BeanParam LetterQuery query, @QueryParam("after") @DefaultValue("0") long after) {
        var found = letters.list(query.words().filter(settings.timeZone()), after, PAGE);
        var groups = groups();
        return pages.page("letters")
                .data("groups", groups)
                .data("more", groups.size() == GROUPS)
                .data(
                        "total",
                        letters.waiting().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .data("query", query)
                .data("kinds", Arrays.stream(Kind.values()).map(Kind::word).toList())
                .data("states", List.of("open", "edited", "replayed", "waived"))
                .data("stages", STAGES)
                .data("letters", found)
                .data("next", found.size() == PAGE ? found.get(PAGE - 1).id() : null)
                .render();
    }

    private List<Group> groups() {
        var found = letters.groups(GROUPS);
        return IntStream.range(0, found.size())
                .mapToObj(number -> {
                    var group = found.get(number);
                    return new Group(number, group, group.subject() != null && UNKNOWN_AUTHOR.equals(group.cause()));
                })
                .toList();
    }

    @GET
    @Path("/{id}")
    public String one(@PathParam("id") long id) {
        var letter = letters.show(id).head();
        return pages.page("letter")
                .data("letter", letter)
                .data("causeEncoded", LetterQuery.of(letter.cause(), null).encoded())
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

    private void canonical(TemplateInstance page, Supplier<Preview.Tried> attempt) {
        page.data("canonical", List.of()).data("records", List.of()).data("refused", List.of());
        page.data("placeholders", List.of()).data("problem", null);
        try {
            var found = attempt.get();
            page.data("canonical", found.canonical().stream().map(this::pretty).toList())
                    .data("records", found.records().stream().map(this::shown).toList())
                    .data("refused", found.refused())
                    .data("placeholders", found.placeholders());
        } catch (Problem problem) {
            page.data("problem", problem);
        }
    }

    private Shown shown(Preview.Result result) {
        var verdict = result.verdict().name().toLowerCase(Locale.ROOT);
        return new Shown(verdict, result.target() == null ? null : prettyIfJson(result.target()), result.rules());
    }

    /** @param target as it would be sent, or null */
    public record Shown(String verdict, String target, List<String> rules) {}

    private String prettyIfJson(String text) {
        try {
            return pretty(json.readTree(text));
        } catch (JsonProcessingException other) {
            return text;
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
