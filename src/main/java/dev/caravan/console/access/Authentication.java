package dev.caravan.console.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.caravan.console.Language;
import dev.caravan.console.Statuses;
import dev.caravan.model.Problem;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Who asks: a browser by the cookie of its session, a script by HTTP Basic. */
@ApplicationScoped
public class Authentication implements HttpAuthenticationMechanism {

    /** Attribute of an identity that came by cookie: its {@link Sessions.Session}. */
    static final String SESSION = "session";

    /** Attribute of an identity that came by name and password, which no browser sends by itself. */
    static final String SCRIPT = "script";

    /** The only role of somebody who has to choose an own password first. */
    static final String NEWCOMER = "newcomer";

    static final String CHALLENGE = "Basic realm=\"caravan\", charset=\"UTF-8\"";

    private static final String BASIC = "Basic ";

    /** Attribute of a request that could not be asked for a name: the {@link Problem} why. */
    private static final String PROBLEM = "caravan.problem";

    private final Sessions sessions;
    private final SignIn signIn;

    public Authentication(Sessions sessions, SignIn signIn) {
        this.sessions = sessions;
        this.signIn = signIn;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        if (authorization(request).startsWith(BASIC)) {
            return byPassword(request);
        }
        return Uni.createFrom()
                .item(() -> telling(request, () -> sessions.find(SessionCookie.of(request))
                        .map(Authentication::bySession)
                        .orElse(null)));
    }

    /** What stands in the way of knowing somebody is no fault of his, and is told by {@link #sendChallenge}. */
    private static SecurityIdentity telling(RoutingContext request, Supplier<SecurityIdentity> who) {
        try {
            return who.get();
        } catch (Problem problem) {
            request.put(PROBLEM, problem);
            throw new AuthenticationFailedException(problem);
        }
    }

    /** Null for a request without name and password; fails for wrong ones. */
    Uni<SecurityIdentity> byPassword(RoutingContext request) {
        var authorization = authorization(request);
        if (!authorization.startsWith(BASIC)) {
            return Uni.createFrom().nullItem();
        }
        var address = request.request().remoteAddress().hostAddress();
        return Uni.createFrom()
                .item(() -> telling(request, () -> basic(authorization.substring(BASIC.length()), address)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static String authorization(RoutingContext request) {
        var header = request.request().getHeader("Authorization");
        return header == null ? "" : header;
    }

    private static SecurityIdentity bySession(Sessions.SignedIn signedIn) {
        return identity(
                        signedIn.user(),
                        signedIn.user().newcomer()
                                ? Set.of(NEWCOMER)
                                : signedIn.user().roles())
                .addAttribute(SESSION, signedIn.session())
                .build();
    }

    /** A one-time password opens nothing but the page where an own one is chosen. */
    private SecurityIdentity basic(String credentials, String address) {
        return decoded(credentials)
                .flatMap(pair -> signIn.check(pair[0], pair[1], address))
                .filter(user -> !user.newcomer())
                .map(user -> (SecurityIdentity)
                        identity(user, user.roles()).addAttribute(SCRIPT, true).build())
                .orElseThrow(AuthenticationFailedException::new);
    }

    private static Optional<String[]> decoded(String credentials) {
        try {
            var pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8).split(":", 2);
            return pair.length == 2 ? Optional.of(pair) : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static QuarkusSecurityIdentity.Builder identity(User user, Set<String> roles) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(user.name()))
                .addRoles(Set.copyOf(roles));
    }

    /**
     * People are led to the page where they sign in. The word Basic goes only to programs: a browser would ask for a password
     * itself and send it along with every request from then on, whoever caused it.
     */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        var accepts = request.request().getHeader("Accept");
        if (accepts != null && accepts.contains("text/html")) {
            return Uni.createFrom().item(new ChallengeData(HttpResponseStatus.FOUND.code(), "Location", "/login"));
        }
        var browser = request.request().getHeader("Sec-Fetch-Mode") != null;
        return Uni.createFrom()
                .item(new ChallengeData(
                        HttpResponseStatus.UNAUTHORIZED.code(),
                        browser ? null : "WWW-Authenticate",
                        browser ? null : CHALLENGE));
    }

    /** The name under which the permissions ask for it: elsewhere than at its own address no provider is asked. */
    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
        return Uni.createFrom()
                .item(new HttpCredentialTransport(HttpCredentialTransport.Type.COOKIE, SessionCookie.NAME, "caravan"));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext request) {
        Problem problem = request.get(PROBLEM);
        if (problem == null) {
            return HttpAuthenticationMechanism.super.sendChallenge(request);
        }
        request.response()
                .setStatusCode(Statuses.of(problem))
                .putHeader("Content-Type", "application/json")
                .end(JsonObject.of("code", problem.code(), "message", problem.inWords(Language.of(request)))
                        .encode());
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
