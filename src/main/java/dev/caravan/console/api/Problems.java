package dev.caravan.console.api;

import dev.caravan.console.Language;
import dev.caravan.console.Statuses;
import dev.caravan.console.page.Pages;
import dev.caravan.model.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Tells what is wrong with a status a script can go by. */
public class Problems {

    private final Language language;
    private final Pages pages;

    public Problems(Language language, Pages pages) {
        this.language = language;
        this.pages = pages;
    }

    @ServerExceptionMapper
    public Response tell(Problem problem, HttpHeaders headers) {
        var answer = Response.status(Statuses.of(problem));
        return headers.getAcceptableMediaTypes().contains(MediaType.TEXT_HTML_TYPE)
                ? answer.type(MediaType.TEXT_HTML)
                        .entity(pages.page("problem").data("problem", problem).render())
                        .build()
                : answer.type(MediaType.APPLICATION_JSON)
                        .entity(Told.of(problem, language.words()))
                        .build();
    }
}
