package dev.caravan.console.access;

import dev.caravan.console.History;
import dev.caravan.console.page.Pages;
import dev.caravan.model.Problem;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcSession;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Where people come back from their OpenID Connect provider: a session of ours begins, like anybody's, with its token against
 * requests of other sites. What the provider's own cookie would open is closed again.
 */
@Path("/login/oidc")
@Produces(MediaType.TEXT_HTML)
public class OidcResource {

    private static final int FORBIDDEN = 403;

    private final SecurityIdentity identity;
    private final OidcSession provider;
    private final Guests guests;
    private final Sessions sessions;
    private final History history;
    private final Pages pages;
    private final Ways ways;
    private final RoutingContext request;

    public OidcResource(
            SecurityIdentity identity,
            OidcSession provider,
            Guests guests,
            Sessions sessions,
            History history,
            Pages pages,
            Ways ways,
            RoutingContext request) {
        this.identity = identity;
        this.provider = provider;
        this.guests = guests;
        this.sessions = sessions;
        this.history = history;
        this.pages = pages;
        this.ways = ways;
        this.request = request;
    }

    @GET
    @RolesAllowed("**")
    @Blocking
    public Uni<Response> signIn() {
        var answer =
                answer(guests.of(identity.getCredential(IdTokenCredential.class).getToken()));
        return provider.logout().replaceWith(answer);
    }

    /** A page that leads on, and no redirect: a browser that was sent here by another site would hold the new cookie back. */
    private Response answer(User guest) {
        if (guest.roles().isEmpty()) {
            history.note(guest.name(), "refused", "sign-in CRV-703");
            return Response.status(FORBIDDEN)
                    .entity(pages.page("login")
                            .data("problem", new Problem("CRV-703", guest.name()))
                            .data("ways", ways)
                            .render())
                    .build();
        }
        history.note(guest.name(), "sign-in", String.join(", ", guest.roles()));
        SessionCookie.set(request, sessions.beginOfGuest(guest).id());
        return Response.ok(pages.page("signed-in").render()).build();
    }
}
