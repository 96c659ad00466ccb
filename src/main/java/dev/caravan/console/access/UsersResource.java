package dev.caravan.console.access;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.caravan.console.History;
import dev.caravan.model.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Who may use the console. */
@Path("/api/users")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
public class UsersResource {

    private final Users users;
    private final Caller caller;
    private final History history;

    public UsersResource(Users users, Caller caller, History history) {
        this.users = users;
        this.caller = caller;
        this.history = history;
    }

    /** @param waiting for an own password */
    public record Shown(String name, SortedSet<String> roles, boolean waiting) {}

    /** @param reset give a new one-time password to somebody who is known */
    public record Wish(String name, SortedSet<String> roles, boolean reset) {}

    /** @param password serves once, and is told only now; null when the one before goes on */
    public record Given(String name, SortedSet<String> roles, String password) {}

    @GET
    public List<Shown> all() {
        return users.all().stream()
                .map(user -> new Shown(user.name(), user.roles(), user.newcomer()))
                .toList();
    }

    /** Makes a user, with a one-time password, or gives a known one other roles. */
    @PUT
    public Given put(Wish wish) {
        var name = wish.name() == null ? "" : wish.name();
        var roles = wish.roles() == null ? new TreeSet<String>() : wish.roles();
        if (!name.matches(User.NAME) || !Roles.ALL.containsAll(roles)) {
            throw new Problem("CRV-593", String.join(", ", new TreeSet<>(Roles.ALL)));
        }
        if (name.equals(caller.name()) && (wish.reset() || !roles.contains(Roles.ADMIN))) {
            throw new Problem("CRV-594");
        }
        var known = users.find(name);
        var password = known.isEmpty() || wish.reset() ? Passwords.random() : null;
        var user = password == null
                ? new User(name, known.get().hash(), roles, known.get().password())
                : new User(name, Passwords.hash(password), roles, User.Password.ONE_TIME);
        history.doing("user", name + ": " + String.join(", ", roles), () -> users.put(user));
        return new Given(name, roles, password);
    }

    @DELETE
    @Path("/{name}")
    public void remove(@PathParam("name") String name) {
        if (name.equals(caller.name())) {
            throw new Problem("CRV-594");
        }
        if (users.find(name).isEmpty()) {
            throw new Problem("CRV-585", name);
        }
        history.doing("user-removed", name, () -> users.remove(name));
    }
}
