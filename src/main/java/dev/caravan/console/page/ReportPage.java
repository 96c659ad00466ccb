package dev.caravan.console.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import dev.caravan.console.access.Headers;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.Settings;
import dev.caravan.migration.report.Standing;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** How the target compares with the source now, and the report as the last work wrote it. */
@jakarta.ws.rs.Path("/report")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class ReportPage {

    private static final int PAGE = 50;

    /** As {@code report.html} links to them. */
    private static final List<String> TABLES =
            List.of("conversations", "differences", "dead-letters", "findings", "names", "invented-emails");

    private final Pages pages;
    private final Standing standing;
    private final Path folder;
    private final Path report;

    public ReportPage(Pages pages, Standing standing, Settings settings) {
        this.pages = pages;
        this.standing = standing;
        this.folder = settings.workDir().resolve("report");
        this.report = folder.resolve("report.html");
    }

    /** @param difference the last one of the page before. @param conversation likewise */
    @GET
    public String page(
            @QueryParam("difference") @DefaultValue("0") long difference,
            @QueryParam("conversation") @DefaultValue("") String conversation)
            throws IOException {
        Instant written =
                Files.exists(report) ? Files.getLastModifiedTime(report).toInstant() : null;
        return pages.page("report")
                .data("facts", standing.now(difference, conversation, PAGE).orElse(null))
                .data("difference", difference)
                .data("conversation", conversation)
                .data("tables", tables())
                .data("written", written)
                .data("address", Headers.REPORT)
                .render();
    }

    private List<String> tables() {
        return TABLES.stream()
                .filter(table -> Files.isRegularFile(folder.resolve(table + ".csv")))
                .toList();
    }

    /** See {@link Headers#REPORT}. */
    @GET
    @jakarta.ws.rs.Path("/page")
    public byte[] report() throws IOException {
        if (!Files.exists(report)) {
            throw new NotFoundException();
        }
        return Files.readAllBytes(report);
    }

    /** One of the tables beside the report, which links to them by their bare names. */
    @GET
    @jakarta.ws.rs.Path("/{table:[a-z-]+}.csv")
    @Produces("text/csv;charset=UTF-8")
    public Response table(@PathParam("table") String table) {
        var file = folder.resolve(table + ".csv");
        if (!Files.isRegularFile(file)) {
            throw new NotFoundException();
        }
        return Response.ok(file)
                .header("Content-Disposition", "attachment; filename=\"" + file.getFileName() + "\"")
                .build();
    }
}
