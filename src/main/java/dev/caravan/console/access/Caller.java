package dev.caravan.console.access;

import java.util.Optional;

import dev.caravan.console.access.Sessions.Session;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;

/** Who makes this request. */
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;

    public Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    public String name() {
        return identity.getPrincipal().getName();
    }

    /** Not named "is": that is an operator of templates, and compares. */
    public boolean may(String role) {
        return identity.hasRole(role);
    }

    public boolean signedIn() {
        return !identity.isAnonymous();
    }

    /** Somebody with a password of this service. */
    public boolean isOurs() {
        return session().map(session -> session.guest() == null).orElse(signedIn());
    }

    /** Somebody who has nothing but a one-time password. */
    public boolean mustChoosePassword() {
        return may(Authentication.NEWCOMER);
    }

    /** Somebody who came by a browser. */
    Optional<Session> session() {
        return Optional.ofNullable(identity.getAttribute(Authentication.SESSION));
    }

    /** What a page puts into each change; empty for a script. */
    public String token() {
        return session().map(Session::csrf).orElse("");
    }
}
