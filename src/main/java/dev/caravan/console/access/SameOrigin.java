package dev.caravan.console.access;

import java.net.URI;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;

import dev.caravan.console.api.Told;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * No page of another site changes anything in the name of somebody who is signed in here: what a browser sends must come from
 * a page of ours, and with a session bring that session's token along.
 */
public class SameOrigin {

    static final String TOKEN = "X-CSRF-Token";

    private static final Set<String> CHANGING_NOTHING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OURS = Set.of("same-origin", "none");
    private static final int FORBIDDEN = 403;

    private final SecurityIdentity identity;

    public SameOrigin(SecurityIdentity identity) {
        this.identity = identity;
    }

    @ServerRequestFilter
    public Response refuse(ContainerRequestContext request) {
        if (CHANGING_NOTHING.contains(request.getMethod()) || fromHere(request) && tokenFits(request)) {
            return null;
        }
        var languages = request.getAcceptableLanguages();
        var words = Words.in(languages.isEmpty() ? Locale.ENGLISH : languages.get(0));
        return Response.status(FORBIDDEN)
                .type(MediaType.APPLICATION_JSON)
                .entity(Told.of(new Problem("CRV-583"), words))
                .build();
    }

    private static boolean fromHere(ContainerRequestContext request) {
        var site = request.getHeaderString("Sec-Fetch-Site");
        var origin = request.getHeaderString("Origin");
        return (site == null || OURS.contains(site))
                && (origin == null
                        || authority(origin)
                                .equalsIgnoreCase(
                                        request.getUriInfo().getRequestUri().getAuthority()));
    }

    private static String authority(String origin) {
        try {
            var authority = URI.create(origin).getAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException noAddress) {
            return "";
        }
    }

    private boolean tokenFits(ContainerRequestContext request) {
        Sessions.Session session = identity.getAttribute(Authentication.SESSION);
        var sent = request.getHeaderString(TOKEN);
        if (session == null) {
            return identity.isAnonymous() || identity.getAttribute(Authentication.SCRIPT) != null;
        }
        return sent != null
                && MessageDigest.isEqual(sent.getBytes(UTF_8), session.csrf().getBytes(UTF_8));
    }
}
