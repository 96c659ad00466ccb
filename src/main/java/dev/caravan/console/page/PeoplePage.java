package dev.caravan.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.caravan.console.access.Roles;
import dev.caravan.console.api.PeopleResource;
import dev.caravan.ledger.Person;
import dev.caravan.ledger.PersonState;
import dev.caravan.migration.people.PeopleDesk;
import dev.caravan.migration.people.UserMap;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Who maps to whom: the sure, the doubtful and why, the missing. */
@Path("/people")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class PeoplePage {

    private static final int PAGE = 50;

    private final Pages pages;
    private final PeopleDesk desk;
    private final UserMap map;

    public PeoplePage(Pages pages, PeopleDesk desk, UserMap map) {
        this.pages = pages;
        this.desk = desk;
        this.map = map;
    }

    /** @param number how many are in that state */
    public record Count(String state, long number) {}

    /** @param state a word. @param candidates what to choose from */
    public record Row(Person person, String state, List<String> candidates) {
        static Row of(Person person) {
            return new Row(
                    person,
                    word(person.state()),
                    person.candidates().isEmpty()
                            ? List.of()
                            : List.of(person.candidates().split(" ")));
        }
    }

    @GET
    public String page(
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("q") @DefaultValue("") String q,
            @QueryParam("after") @DefaultValue("") String after) {
        var people = desk.people();
        var counts = people.counts();
        var found = people.page(PeopleResource.state(state), q, after, PAGE);
        var signed = people.lastSigned().orElse(null);
        return pages.page("people")
                .data(
                        "counts",
                        Arrays.stream(PersonState.values())
                                .map(one -> new Count(word(one), counts.getOrDefault(one, 0L)))
                                .toList())
                .data("doubtful", counts.getOrDefault(PersonState.DOUBTFUL, 0L))
                .data("drafted", !counts.isEmpty())
                .data("people", found.stream().map(Row::of).toList())
                .data("state", state)
                .data("q", q)
                .data("qEncoded", URLEncoder.encode(q, StandardCharsets.UTF_8))
                .data("next", found.size() == PAGE ? encoded(found.get(PAGE - 1).sourceId()) : null)
                .data("signed", signed)
                .data("changed", signed != null && desk.changedSince(signed))
                .data("file", map.file())
                .render();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String word(PersonState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
