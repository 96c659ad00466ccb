package dev.caravan.console.api;

import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.caravan.console.History;
import dev.caravan.console.Language;
import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.ledger.LetterGroup;
import dev.caravan.migration.Settings;
import dev.caravan.migration.letters.LetterView;
import dev.caravan.migration.letters.Letters;
import dev.caravan.migration.letters.Replay;
import dev.caravan.migration.report.Reports;
import dev.caravan.migration.serve.RunService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Dead letters: which there are, and what becomes of them. Nothing here tells any text of theirs. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
public class LettersResource {

    private static final int MOST = 1000;

    private final Letters letters;
    private final Replay replay;
    private final Settings settings;
    private final RunService runs;
    private final Reports reports;
    private final History history;
    private final Caller caller;
    private final Language language;

    public LettersResource(
            Letters letters,
            Replay replay,
            Settings settings,
            RunService runs,
            Reports reports,
            History history,
            Caller caller,
            Language language) {
        this.letters = letters;
        this.replay = replay;
        this.settings = settings;
        this.runs = runs;
        this.reports = reports;
        this.history = history;
        this.caller = caller;
        this.language = language;
    }

    /** @param next what to give as {@code after} for the next page; null on the last */
    public record Page(List<LetterView> letters, Long next) {}

    /** One page, by number. @param limit at most 1000 */
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page list(
            @BeanParam LetterQuery query,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = Math.max(1, Math.min(MOST, limit));
        var found = letters.list(query.words().filter(settings.timeZone()), after, most);
        return new Page(
                found.stream().map(LetterView::of).toList(),
                found.size() == most ? found.get(most - 1).id() : null);
    }

    /** How many there are of each cause. */
    @GET
    @Path("/causes")
    @RolesAllowed(Roles.VIEWER)
    public SortedMap<String, Long> causes(@BeanParam LetterQuery query) {
        return letters.causes(query.words().filter(settings.timeZone()));
    }

    /** Those that wait, by cause and by the one thing the cause names, the largest first. @param limit at most 1000 */
    @GET
    @Path("/groups")
    @RolesAllowed(Roles.VIEWER)
    public List<LetterGroup> groups(@QueryParam("limit") @DefaultValue("100") int limit) {
        return letters.groups(Math.max(1, Math.min(MOST, limit)));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    public LetterView show(@PathParam("id") long id) {
        return LetterView.of(letters.show(id).head());
    }

    /** @param state {@code started}, or {@code follows}: once what goes on now is completed */
    public record Replaying(String state) {}

    /** Sends letters again; 202, how far it is tells {@code GET /api/run}. */
    @POST
    @Path("/replay")
    @RolesAllowed(Roles.OPERATOR)
    public Response replay(LetterChoice given) {
        var choice = Given.body(given);
        var words = language.words();
        var selection = choice.selection(settings.timeZone());
        var began = new AtomicBoolean();
        history.doing(
                "replay",
                choice.words(),
                () -> began.set(runs.startOrFollow(
                        "replay", () -> replay.replay(selection, run -> reports.write(run, words)))));
        return Response.accepted(new Replaying(began.get() ? "started" : "follows"))
                .build();
    }

    /** @param waived how many letters */
    public record Waived(int waived) {}

    /** Leaves letters behind for good. */
    @POST
    @Path("/waive")
    @RolesAllowed(Roles.OPERATOR)
    public Waived waive(LetterChoice given) {
        var choice = Given.body(given);
        var selection = choice.selection(settings.timeZone());
        var reason = Given.reason(choice.reason());
        var waived = new AtomicInteger();
        history.doing(
                "waive",
                choice.words() + ": " + reason,
                () -> waived.set(letters.waive(selection, caller.name(), reason)));
        return new Waived(waived.get());
    }
}
