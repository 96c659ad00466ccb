package dev.caravan.console.api;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.caravan.console.History;
import dev.caravan.console.Language;
import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.letters.LetterView;
import dev.caravan.migration.letters.Letters;
import dev.caravan.migration.letters.Replay;
import dev.caravan.migration.letters.Selection;
import dev.caravan.migration.report.Reports;
import dev.caravan.migration.serve.RunService;
import dev.caravan.model.Problem;
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
    private final RunService runs;
    private final Reports reports;
    private final History history;
    private final Caller caller;
    private final Language language;

    public LettersResource(
            Letters letters,
            Replay replay,
            RunService runs,
            Reports reports,
            History history,
            Caller caller,
            Language language) {
        this.letters = letters;
        this.replay = replay;
        this.runs = runs;
        this.reports = reports;
        this.history = history;
        this.caller = caller;
        this.language = language;
    }

    /** @param next what to give as {@code after} for the next page; null on the last */
    public record Page(List<LetterView> letters, Long next) {}

    /**
     * Which letters are sent again or waived.
     *
     * @param ids these; when empty those of the filter, or all
     * @param reason of a waiver
     */
    public record Choice(SortedSet<Long> ids, String cause, String kind, String conversation, String reason) {

        Selection selection() {
            return new Selection(
                    ids == null ? new TreeSet<>() : ids, LetterQuery.filter(cause, kind, null, conversation));
        }

        /** For the history: numbers, or what the filter wants; empty for all. */
        String words() {
            return ids == null || ids.isEmpty()
                    ? Stream.of(cause, kind, conversation)
                            .filter(one -> one != null && !one.isBlank())
                            .collect(Collectors.joining(", "))
                    : ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
    }

    /** One page, by number. @param limit at most 1000 */
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page list(
            @BeanParam LetterQuery query,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = Math.max(1, Math.min(MOST, limit));
        var found = letters.list(query.filter(), after, most);
        return new Page(
                found.stream().map(LetterView::of).toList(),
                found.size() == most ? found.get(most - 1).id() : null);
    }

    /** How many there are of each cause. */
    @GET
    @Path("/causes")
    @RolesAllowed(Roles.VIEWER)
    public SortedMap<String, Long> causes(@BeanParam LetterQuery query) {
        return letters.causes(query.filter());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    public LetterView show(@PathParam("id") long id) {
        return LetterView.of(letters.show(id).head());
    }

    /** Sends letters again; 202, how far it is tells {@code GET /api/run}. */
    @POST
    @Path("/replay")
    @RolesAllowed(Roles.OPERATOR)
    public Response replay(Choice choice) {
        var words = language.words();
        var selection = choice.selection();
        history.doing(
                "replay",
                choice.words(),
                () -> runs.start("replay", () -> replay.replay(selection, run -> reports.write(run, words))));
        return Response.accepted().build();
    }

    /** Leaves letters behind for good. */
    @POST
    @Path("/waive")
    @RolesAllowed(Roles.OPERATOR)
    public Response waive(Choice choice) {
        if (choice.reason() == null || choice.reason().isBlank()) {
            throw new Problem("CRV-588");
        }
        history.doing(
                "waive",
                choice.words() + ": " + choice.reason(),
                () -> letters.waive(choice.selection(), caller.name(), choice.reason()));
        return Response.noContent().build();
    }
}
