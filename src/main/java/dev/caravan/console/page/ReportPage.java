package dev.caravan.console.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import dev.caravan.console.access.Headers;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.Settings;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The verification report as the last work wrote it. */
@jakarta.ws.rs.Path("/report")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class ReportPage {

    private final Pages pages;
    private final Path folder;
    private final Path report;

    public ReportPage(Pages pages, Settings settings) {
        this.pages = pages;
        this.folder = settings.workDir().resolve("report");
        this.report = folder.resolve("report.html");
    }

    @GET
    public String page() throws IOException {
        Instant written =
                Files.exists(report) ? Files.getLastModifiedTime(report).toInstant() : null;
        return pages.page("report")
                .data("written", written)
                .data("address", Headers.REPORT)
                .render();
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
