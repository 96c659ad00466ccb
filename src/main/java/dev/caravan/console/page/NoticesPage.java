package dev.caravan.console.page;

import java.util.Arrays;
import java.util.List;

import dev.caravan.console.Language;
import dev.caravan.console.access.Roles;
import dev.caravan.console.api.StaffDesk;
import dev.caravan.migration.notify.Notifier;
import dev.caravan.migration.notify.StaffNotices.Moment;
import dev.caravan.migration.notify.Told;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Who is told how the migration goes, and the texts for the people whose chat moves. */
@Path("/notices")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
public class NoticesPage {

    private static final int SHOWN = 20;

    private final Pages pages;
    private final Notifier notifier;
    private final Told told;
    private final StaffDesk staff;
    private final Language language;

    public NoticesPage(Pages pages, Notifier notifier, Told told, StaffDesk staff, Language language) {
        this.pages = pages;
        this.notifier = notifier;
        this.told = told;
        this.staff = staff;
        this.language = language;
    }

    /** @param text null while its figures are not known */
    public record Staff(String moment, String text) {}

    @GET
    public String page() {
        var page = pages.page("notices");
        List<Staff> texts = Arrays.stream(Moment.values())
                .map(moment -> new Staff(
                        moment.word(), staff.text(moment, language.words()).orElse(null)))
                .toList();
        return page.data("channels", notifier.channels())
                .data("last", told.last(SHOWN))
                .data("staff", texts)
                .render();
    }
}
