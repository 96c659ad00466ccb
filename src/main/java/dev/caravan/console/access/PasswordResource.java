package dev.caravan.console.access;

import dev.caravan.console.History;
import dev.caravan.console.api.Given;
import dev.caravan.console.page.Pages;
import dev.caravan.model.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An own password, in place of a one-time one or of the one before. */
@Path("/")
public class PasswordResource {

    private final Users users;
    private final SignIn signIn;
    private final Sessions sessions;
    private final Caller caller;
    private final History history;
    private final Pages pages;
    private final RoutingContext request;

    public PasswordResource(
            Users users,
            SignIn signIn,
            Sessions sessions,
            Caller caller,
            History history,
            Pages pages,
            RoutingContext request) {
        this.users = users;
        this.signIn = signIn;
        this.sessions = sessions;
        this.caller = caller;
        this.history = history;
        this.pages = pages;
        this.request = request;
    }

    /** @param current not asked of somebody who has just signed in with a one-time password */
    public record Change(String current, String password, String again) {}

    @GET
    @Path("/password")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed("**")
    public String page() {
        return pages.page("password").render();
    }

    /** Every other session of the same user ends. */
    @POST
    @Path("/api/password")
    @RolesAllowed("**")
    public Response change(Change asked) {
        var change = Given.body(asked);
        var user = users.find(caller.name()).orElseThrow(() -> new Problem("CRV-706"));
        if (!user.newcomer()) {
            var address = request.request().remoteAddress().hostAddress();
            signIn.check(user.name(), change.current() == null ? "" : change.current(), address)
                    .orElseThrow(() -> new Problem("CRV-590"));
        }
        if (change.password() == null || !change.password().equals(change.again())) {
            throw new Problem("CRV-591");
        }
        if (Passwords.matches(change.password(), user.hash())) {
            throw new Problem("CRV-592");
        }
        var own = new User(user.name(), Passwords.hashOfOwn(change.password()), user.roles(), User.Password.OWN);
        history.doing("password", "", () -> {
            if (!users.replace(user, own)) {
                throw new Problem("CRV-590");
            }
        });
        caller.session().ifPresent(session -> {
            sessions.end(session.id());
            SessionCookie.set(request, sessions.begin(own).id());
        });
        return Response.noContent().header("HX-Redirect", "/").build();
    }
}
