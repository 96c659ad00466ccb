package dev.caravan.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Who is signed in by a browser. In memory only: a restart signs everybody out. */
@ApplicationScoped
public class Sessions {

    static final Duration LONGEST = Duration.ofHours(12);

    private final Users users;
    private final Clock clock;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    @Inject
    public Sessions(Users users) {
        this(users, Clock.systemUTC());
    }

    Sessions(Users users, Clock clock) {
        this.users = users;
        this.clock = clock;
    }

    /**
     * @param id the value of the cookie
     * @param hash of the password it was begun with: with another password it is over
     * @param csrf what every change must bring along, which no other site can know
     * @param guest whom a provider vouched for, as it knew them then; null for one of ours
     */
    public record Session(String id, String user, String hash, String csrf, Instant began, User guest) {}

    /** Somebody who is signed in, as the file of users knows them now. */
    record SignedIn(Session session, User user) {}

    Session begin(User user) {
        return begin(user, null);
    }

    /** @param guest in no file of ours */
    Session beginOfGuest(User guest) {
        return begin(guest, guest);
    }

    private Session begin(User user, User guest) {
        sessions.values().removeIf(this::over);
        var session =
                new Session(Passwords.random(), user.name(), user.hash(), Passwords.random(), clock.instant(), guest);
        sessions.put(session.id(), session);
        return session;
    }

    Optional<SignedIn> find(String id) {
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> !over(session))
                .flatMap(session -> session.guest() == null
                        ? ofUser(session)
                        : Optional.of(new SignedIn(session, session.guest())));
    }

    private Optional<SignedIn> ofUser(Session session) {
        return users.find(session.user())
                .filter(user -> user.hash().equals(session.hash()))
                .map(user -> new SignedIn(session, user));
    }

    void end(String id) {
        sessions.remove(id);
    }

    private boolean over(Session session) {
        return session.began().plus(LONGEST).isBefore(clock.instant());
    }
}
