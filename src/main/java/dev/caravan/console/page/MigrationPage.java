package dev.caravan.console.page;

import dev.caravan.console.access.Roles;
import dev.caravan.console.api.RollbackDesk;
import dev.caravan.migration.serve.CheckDesk;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
    private final CheckDesk checks;

    public MigrationPage(Pages pages, MigrationFacts facts, RollbackDesk rollback, CheckDesk checks) {
        this.pages = pages;
        this.facts = facts;
        this.rollback = rollback;
        this.checks = checks;
    }

    @GET
    public String page() {
        return filled("migration").render();
    }

    /** A part of the page, as it is now: how far it is, what can be done, account, rules, check, rollback. */
    @GET
    @Path("/live/{part:progress|actions|account|rules|check|rollback}")
    public String part(@PathParam("part") String part) {
        return filled("migration-" + part).render();
    }

    private TemplateInstance filled(String template) {
        return pages.page(template)
                .data("facts", facts.now())
                .data("states", MigrationFacts.STATES)
                .data("phases", MigrationFacts.PHASES)
                .data("checked", checks.checked().orElse(null))
                .data("probed", checks.probed().orElse(null))
                .data("rollback", rollback.last().orElse(null));
    }
}
