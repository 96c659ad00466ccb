package dev.caravan.console.page;

import dev.caravan.console.access.Roles;
import dev.caravan.console.api.RollbackDesk;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Where the migration stands, and what can be done with it. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class MigrationPage {

    private final Pages pages;
    private final MigrationFacts facts;
    private final RollbackDesk rollback;

    public MigrationPage(Pages pages, MigrationFacts facts, RollbackDesk rollback) {
        this.pages = pages;
        this.facts = facts;
        this.rollback = rollback;
    }

    @GET
    public String page() {
        return filled("migration").render();
    }

    /** The part that changes while one looks at it. */
    @GET
    @Path("/live/migration")
    public String live() {
        return filled("migration-live").render();
    }

    /** What can be done now: changes when work begins or ends. */
    @GET
    @Path("/live/actions")
    public String actions() {
        return filled("migration-actions").render();
    }

    @GET
    @Path("/live/rollback")
    public String rollback() {
        return filled("migration-rollback").render();
    }

    private TemplateInstance filled(String template) {
        return pages.page(template)
                .data("facts", facts.now())
                .data("rollback", rollback.last().orElse(null));
    }
}
