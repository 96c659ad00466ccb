package dev.caravan.console.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import dev.caravan.console.History;
import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.ledger.People;
import dev.caravan.ledger.Person;
import dev.caravan.ledger.PersonState;
import dev.caravan.migration.people.PeopleDesk;
import dev.caravan.migration.serve.RunService;
import dev.caravan.model.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Who is to be who on the target: the draft, its corrections, and the signature that writes it into the user map. */
@Path("/api/people")
@Produces(MediaType.APPLICATION_JSON)
public class PeopleResource {

    private static final int MOST = 1000;

    private final PeopleDesk desk;
    private final RunService runs;
    private final History history;
    private final Caller caller;

    public PeopleResource(PeopleDesk desk, RunService runs, History history, Caller caller) {
        this.desk = desk;
        this.runs = runs;
        this.history = history;
        this.caller = caller;
    }

    /**
     * @param next what to give as {@code after} for the next page; null on the last
     * @param counts how many people are in each state
     * @param signed the last signature, or null
     */
    public record Page(List<Person> people, String next, Map<String, Long> counts, People.Signed signed) {}

    /** One page, by source id. @param q part of a name, an address, an id. @param limit at most 1000 */
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page list(
            @QueryParam("state") String state,
            @QueryParam("q") @DefaultValue("") String q,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = Math.max(1, Math.min(MOST, limit));
        var found = desk.people().page(state(state), q, after, most);
        var counts = new TreeMap<String, Long>();
        desk.people().counts().forEach((one, number) -> counts.put(one.name().toLowerCase(Locale.ROOT), number));
        return new Page(
                found,
                found.size() == most ? found.get(most - 1).sourceId() : null,
                counts,
                desk.people().lastSigned().orElse(null));
    }

    /** @throws Problem CRV-655 for a state that is none */
    public static PersonState state(String word) {
        try {
            return word == null || word.isBlank()
                    ? null
                    : PersonState.valueOf(word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw new Problem("CRV-655", word);
        }
    }

    /**
     * Drafts anew from a list of employees (CSV), or without content from the source alone; what people decided stays. 202, how far
     * it is tells {@code GET /api/run}.
     */
    @POST
    @Path("/draft")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Response draft(byte[] list) {
        var drafting = desk.drafting(list == null ? new byte[0] : list);
        history.doing("people-draft", "", () -> runs.start("people-draft", drafting));
        return Response.accepted().build();
    }

    /** @param username on the target; empty to keep the name there is. @param email on the target; empty to keep the source's */
    public record Decision(String source, String username, String email) {}

    /** Says who somebody is. */
    @PUT
    @RolesAllowed(Roles.OPERATOR)
    public Person decide(Decision given) {
        var decision = Given.body(given);
        var source = text(decision.source());
        var username = text(decision.username()).toLowerCase(Locale.ROOT);
        var decided = new AtomicReference<Person>();
        history.doing(
                "people-decide",
                source + " -> " + (username.isEmpty() ? "-" : username),
                () -> decided.set(desk.decide(source, username, text(decision.email()), caller.name())));
        return decided.get();
    }

    /** Writes the draft into the user map. */
    @POST
    @Path("/signature")
    @RolesAllowed(Roles.APPROVER)
    public People.Signed sign() {
        var signed = new AtomicReference<People.Signed>();
        history.doing("people-sign", "", () -> signed.set(desk.sign(caller.name())));
        return signed.get();
    }

    private static String text(String given) {
        return given == null ? "" : given.strip();
    }
}
