package dev.caravan.console.api;

import java.util.Objects;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.caravan.console.Language;
import dev.caravan.console.Statuses;
import dev.caravan.console.page.Pages;
import dev.caravan.model.Problem;
import jakarta.ws.rs.WebApplicationException;
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

    /** What was sent is no JSON, or has a field that means nothing here: a slip that must not be taken for "no such wish". */
    @ServerExceptionMapper
    public Response tell(MismatchedInputException fault, HttpHeaders headers) {
        return tell(notUnderstood(fault), headers);
    }

    @ServerExceptionMapper
    public Response tell(WebApplicationException refused, HttpHeaders headers) {
        return refused.getCause() instanceof JsonProcessingException fault
                ? tell(notUnderstood(fault), headers)
                : refused.getResponse();
    }

    private static Problem notUnderstood(JsonProcessingException fault) {
        var field = fault instanceof JsonMappingException known
                ? known.getPath().stream()
                        .map(JsonMappingException.Reference::getFieldName)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("."))
                : "";
        return field.isEmpty() ? new Problem(fault, "CRV-640") : new Problem(fault, "CRV-642", field);
    }
}
