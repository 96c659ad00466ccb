package dev.caravan.console.page;

import java.util.List;

import dev.caravan.console.access.Roles;
import dev.caravan.console.access.Users;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Who may use the console. */
@Path("/users")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.ADMIN)
public class UsersPage {

    private static final List<String> ROLES =
            List.of(Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.READER, Roles.ADMIN);

    private final Pages pages;
    private final Users users;

    public UsersPage(Pages pages, Users users) {
        this.pages = pages;
        this.users = users;
    }

    @GET
    public String page() {
        return pages.page("users")
                .data("users", users.all())
                .data("roles", ROLES)
                .render();
    }
}
