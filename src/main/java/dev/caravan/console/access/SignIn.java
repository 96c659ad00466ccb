package dev.caravan.console.access;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.caravan.console.Remarks;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether name and password belong together. */
@ApplicationScoped
public class SignIn {

    /** However many guess, together they get no further than some ten a second for each of these, and others go on working. */
    private static final int AT_ONCE = 2;

    private static final int PATIENCE_S = 10;

    /** A name nobody has is not written down: it may be a password in the wrong field. */
    private static final String NOBODY = "?";

    private final Users users;
    private final Remarks remarks;
    private final Ways ways;
    private final LoginLimit limit = new LoginLimit(Clock.systemUTC());
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    public SignIn(Users users, Remarks remarks, Ways ways) {
        this.users = users;
        this.remarks = remarks;
        this.ways = ways;
    }

    /**
     * Takes a tenth of a second.
     *
     * @param address where it comes from
     * @throws Problem CRV-584 after too many wrong ones from there, CRV-580
     */
    public Optional<User> check(String name, String password, String address) {
        var network = Network.of(address);
        var user = users.find(name);
        var who = user.map(User::name).orElse(NOBODY);
        if (!limit.take(network)) {
            remarks.once("sign-in-limit " + network.key(), who, "sign-in-limit", address);
            throw new Problem("CRV-584");
        }
        var right = matches(password, user.map(User::hash).orElse(Passwords.NOBODY));
        if (!ways.local() || user.isEmpty() || !right || user.get().password() == User.Password.SPENT) {
            remarks.add(who, "sign-in-failed", address);
            return Optional.empty();
        }
        limit.succeeded(network);
        return user;
    }

    private boolean matches(String password, String hash) {
        try {
            if (!turns.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new Problem("CRV-584");
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new Problem(ending, "CRV-584");
        }
        try {
            return Passwords.matches(password, hash);
        } finally {
            turns.release();
        }
    }
}
