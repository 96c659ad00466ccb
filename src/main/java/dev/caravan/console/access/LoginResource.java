package dev.caravan.console.access;

import java.net.URI;

import dev.caravan.console.History;
import dev.caravan.console.page.Pages;
import dev.caravan.model.Problem;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Where people sign in and out. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class LoginResource {

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    private final SignIn signIn;
    private final Sessions sessions;
    private final FirstPassword first;
    private final Caller caller;
    private final History history;
    private final Pages pages;
    private final Ways ways;
    private final RoutingContext request;

    public LoginResource(
            SignIn signIn,
            Sessions sessions,
            FirstPassword first,
            Caller caller,
            History history,
            Pages pages,
            Ways ways,
            RoutingContext request) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.first = first;
        this.caller = caller;
        this.history = history;
        this.pages = pages;
        this.ways = ways;
        this.request = request;
    }

    @GET
    @Path("/login")
    @PermitAll
    public Response page() {
        return caller.session().isPresent() ? to("/") : Response.ok(login(null)).build();
    }

    @POST
    @Path("/login")
    @PermitAll
    @Blocking
    public Response signIn(@FormParam("name") String name, @FormParam("password") String password) {
        try {
            var address = request.request().remoteAddress().hostAddress();
            var user = signIn.check(name == null ? "" : name, password == null ? "" : password, address);
            if (user.isEmpty()) {
                return Response.status(UNAUTHORIZED)
                        .entity(login(new Problem("CRV-590")))
                        .build();
            }
            history.note(user.get().name(), "sign-in", "");
            var newcomer = user.get().newcomer();
            SessionCookie.set(
                    request,
                    sessions.begin(newcomer ? first.spend(user.get()) : user.get())
                            .id());
            return to(newcomer ? "/password" : "/");
        } catch (Problem tooMany) {
            return Response.status(TOO_MANY).entity(login(tooMany)).build();
        }
    }

    @POST
    @Path("/logout")
    @PermitAll
    public Response signOut() {
        caller.session().ifPresent(session -> {
            history.note("sign-out", "");
            sessions.end(session.id());
        });
        SessionCookie.remove(request);
        return Response.noContent().header("HX-Redirect", "/login").build();
    }

    private String login(Problem problem) {
        return pages.page("login").data("problem", problem).data("ways", ways).render();
    }

    private static Response to(String page) {
        return Response.seeOther(URI.create(page)).build();
    }
}
