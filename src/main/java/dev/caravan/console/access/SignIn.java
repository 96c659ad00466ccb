package dev.caravan.console.access;

import java.time.Clock;
import java.util.Optional;

import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether name and password belong together. */
@ApplicationScoped
public class SignIn {

    private final Users users;
    private final LoginLimit limit = new LoginLimit(Clock.systemUTC());

    private final Ways ways;

    public SignIn(Users users, Ways ways) {
        this.users = users;
        this.ways = ways;
    }

    /**
     * Takes a tenth of a second.
     *
     * @param address where it comes from
     * @throws Problem CRV-584 after too many wrong ones
     */
    public Optional<User> check(String name, String password, String address) {
        if (!limit.take(address)) {
            throw new Problem("CRV-584");
        }
        var user = users.find(name);
        var right = Passwords.matches(password, user.map(User::hash).orElse(Passwords.NOBODY));
        if (!ways.local() || user.isEmpty() || !right || user.get().password() == User.Password.SPENT) {
            return Optional.empty();
        }
        limit.succeeded(address);
        return user;
    }
}
