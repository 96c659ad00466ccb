package dev.caravan.console.page;

import java.net.URI;

import dev.caravan.console.Remarks;
import dev.caravan.console.access.Caller;
import io.quarkus.security.ForbiddenException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Somebody is signed in, but may not see or do this. */
public class Refused {

    private static final int FORBIDDEN = 403;

    private final Pages pages;
    private final Caller caller;
    private final Remarks remarks;

    public Refused(Pages pages, Caller caller, Remarks remarks) {
        this.pages = pages;
        this.caller = caller;
        this.remarks = remarks;
    }

    @ServerExceptionMapper
    public Response tell(ForbiddenException refused, HttpHeaders headers, RoutingContext request) {
        var wanted = request.request().method() + " " + request.normalizedPath();
        remarks.once("forbidden " + caller.name() + " " + wanted, caller.name(), "forbidden", wanted);
        if (!headers.getAcceptableMediaTypes().contains(MediaType.TEXT_HTML_TYPE)) {
            return Response.status(FORBIDDEN).build();
        }
        return caller.mustChoosePassword()
                ? Response.seeOther(URI.create("/password")).build()
                : Response.status(FORBIDDEN)
                        .type(MediaType.TEXT_HTML)
                        .entity(pages.page("refused").render())
                        .build();
    }
}
