package dev.caravan.console.page;

import java.util.List;
import java.util.Map;

import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.approval.Approving;
import dev.caravan.migration.approval.Binding;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The part of the migration's page where a phase is approved. */
@Path("/live/approval")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class ApprovalPart {

    private final Pages pages;
    private final Approving approving;
    private final Caller caller;

    public ApprovalPart(Pages pages, Approving approving, Caller caller) {
        this.pages = pages;
        this.approving = approving;
        this.caller = caller;
    }

    /** What was counted of one kind so far. */
    public record Row(String kind, long read, long delivered, long unchanged, long filtered, long dead) {

        static Row of(String kind, Map<String, Long> counts) {
            return new Row(
                    kind,
                    counts.getOrDefault("read", 0L),
                    counts.getOrDefault("delivered", 0L),
                    counts.getOrDefault("unchanged", 0L),
                    counts.getOrDefault("filtered", 0L),
                    counts.getOrDefault("dead", 0L));
        }
    }

    private static List<Row> rows(Binding waiting) {
        return waiting == null
                ? List.of()
                : waiting.counts().entrySet().stream()
                        .map(kind -> Row.of(kind.getKey(), kind.getValue()))
                        .toList();
    }

    /**
     * A button that is replaced while somebody presses it does nothing: what has not changed is not sent again.
     *
     * @param seen the mark of what the page shows
     */
    @GET
    public Response part(@QueryParam("seen") String seen) {
        var standing = approving.standing();
        var mark = Integer.toHexString(standing.hashCode());
        if (mark.equals(seen)) {
            return Response.noContent().build();
        }
        return Response.ok(pages.page("migration-approval")
                        .data("standing", standing)
                        .data("rows", rows(standing.waiting()))
                        .data("mark", mark)
                        .data("mayBe", standing.mayBe(caller.name()))
                        .render())
                .build();
    }
}
