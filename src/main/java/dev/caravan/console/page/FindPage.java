package dev.caravan.console.page;

import java.time.Duration;

import dev.caravan.console.History;
import dev.caravan.console.access.Roles;
import dev.caravan.console.api.FindQuery;
import dev.caravan.migration.find.Answer;
import dev.caravan.migration.find.Finder;
import dev.caravan.model.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Where something of the source is on the target, or why not. */
@Path("/find")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class FindPage {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Pages pages;
    private final Finder finder;
    private final History history;

    public FindPage(Pages pages, Finder finder, History history) {
        this.pages = pages;
        this.finder = finder;
        this.history = history;
    }

    @GET
    public String page(@BeanParam FindQuery query) {
        Answer answer = null;
        Problem problem = null;
        if (query.asks()) {
            try {
                history.note("find", query.words());
                answer = query.ask(finder, PATIENCE);
            } catch (Problem refused) {
                problem = refused;
            }
        }
        return pages.page("find")
                .data("query", query)
                .data("answer", answer)
                .data("problem", problem)
                .render();
    }
}
