package dev.caravan.console.api;

import java.util.List;

import dev.caravan.console.History;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.people.UserMap;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The map of people, entry by entry. A run that goes on keeps the map it has. */
@Path("/api/maps/users")
@Produces(MediaType.APPLICATION_JSON)
public class MapsResource {

    private final UserMap map;
    private final History history;

    public MapsResource(UserMap map, History history) {
        this.map = map;
        this.history = history;
    }

    /** @param file the map. @param before the entry for the same source, or null. @param entry as it is now */
    public record Mapped(String file, UserMap.Entry before, UserMap.Entry entry) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    public List<UserMap.Entry> entries() {
        return map.entries();
    }

    /** Adds an entry, or puts it in the place of the one for the same source. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    public Mapped put(UserMap.Entry given) {
        var source = Given.body(given).source() == null ? "" : given.source();
        var before = map.find(source).orElse(null);
        history.doing(
                "user-map",
                source + ": " + (before == null ? "-" : before.username()) + " -> " + given.username(),
                () -> map.put(List.of(given)));
        return new Mapped(map.file().toString(), before, map.find(source).orElseThrow());
    }
}
