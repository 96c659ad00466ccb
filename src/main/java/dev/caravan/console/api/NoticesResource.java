package dev.caravan.console.api;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.caravan.console.History;
import dev.caravan.console.Language;
import dev.caravan.console.access.Roles;
import dev.caravan.ledger.Notices.Entry;
import dev.caravan.migration.notify.Notifier;
import dev.caravan.migration.notify.StaffNotices.Moment;
import dev.caravan.migration.notify.Told;
import dev.caravan.model.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Who is told how the migration goes, what arrived, and the texts for the people whose chat moves. */
@Path("/api/notices")
@Produces(MediaType.APPLICATION_JSON)
public class NoticesResource {

    private static final int SHOWN = 100;

    private final Notifier notifier;
    private final Told told;
    private final StaffDesk staff;
    private final History history;
    private final Language language;

    public NoticesResource(Notifier notifier, Told told, StaffDesk staff, History history, Language language) {
        this.notifier = notifier;
        this.told = told;
        this.staff = staff;
        this.history = history;
        this.language = language;
    }

    /** @param last newest first, at most 100 */
    public record Report(List<String> channels, List<Entry> last) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Report get() {
        return new Report(notifier.channels(), told.last(SHOWN));
    }

    /** Sends a test by every channel. 422 when one of them does not take it, with what it answered. */
    @POST
    @Path("/test")
    @RolesAllowed(Roles.OPERATOR)
    public List<Notifier.Tried> test() {
        history.note("notify-test", String.join(", ", notifier.channels()));
        var tried = notifier.test();
        if (tried.isEmpty()) {
            throw new Problem("CRV-690");
        }
        var refused = tried.stream()
                .filter(one -> one.failure() != null)
                .map(one -> one.channel() + ": " + one.failure())
                .collect(Collectors.joining("; "));
        if (!refused.isEmpty()) {
            throw new Problem("CRV-691", refused);
        }
        return tried;
    }

    /** The text in Markdown, in the language of whoever asks; 404 while its figures are not known. */
    @GET
    @Path("/staff/{moment:before|during|after}")
    @Produces(MediaType.TEXT_PLAIN + "; charset=UTF-8")
    @RolesAllowed(Roles.VIEWER)
    public String staff(@PathParam("moment") String moment) {
        return staff.text(Moment.valueOf(moment.toUpperCase(Locale.ROOT)), language.words())
                .orElseThrow(NotFoundException::new);
    }

    /** Works out the figures of the text for before the move; 202, how far it is tells {@code GET /api/run}. */
    @POST
    @Path("/figures")
    @RolesAllowed(Roles.OPERATOR)
    public Response workOut() {
        history.doing("figures", "", staff::workOut);
        return Response.accepted().build();
    }
}
