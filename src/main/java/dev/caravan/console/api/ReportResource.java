package dev.caravan.console.api;

import dev.caravan.console.History;
import dev.caravan.console.Language;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.Migration;
import dev.caravan.migration.report.Reports;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Writes the report on the last run anew, in the language of whoever asks. */
@Path("/api/report")
public class ReportResource {

    private final Reports reports;
    private final History history;
    private final Language language;

    public ReportResource(Reports reports, History history, Language language) {
        this.reports = reports;
        this.history = history;
        this.language = language;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    public Response write() {
        history.doing("report", "", () -> reports.write(Migration.COMMAND, language.words()));
        return Response.noContent().build();
    }
}
