package dev.caravan.packaged;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A phase is approved by a second person, in a browser and by the command. */
@Tag("long")
class ConsoleApprovalIT {

    private static final String SECOND_PERSON = "A second person is wanted: not ann.";

    @TempDir
    Path folder;

    @Test
    void aPhaseIsApprovedBySomebodyElseThanWhoStartedTheRun() throws IOException {
        ConsoleBrowser.required();
        try (var service = ConsoleService.start(PackagedApp.demo(folder)
                        .with("caravan.approval.phases", "history,seal")
                        .with("caravan.approval.second-person", "true"));
                var ann = ConsoleBrowser.open(service)) {
            var admin = service.administrator();
            admin.user("ann", List.of("viewer", "operator", "approver"));
            admin.user("bob", List.of("viewer", "approver"));
            admin.user("cy", List.of("viewer"));

            ann.signIn("ann", Visitor.passwordOf("ann"));
            ann.button("Run").click();
            assertThat(approval(ann)).containsText("waits before the phase \"Messages\"");
            assertThat(approval(ann)).containsText(SECOND_PERSON);
            assertThat(ann.button("Approve")).hasCount(0);
            assertThat(ann.page.locator(".halt")).containsText("for somebody to approve the phase \"Messages\"");

            var cy = ann.another();
            cy.signIn("cy", Visitor.passwordOf("cy"));
            assertThat(approval(cy)).containsText("Approving is for the role \"approver\".");

            var bob = ann.another();
            bob.signIn("bob", Visitor.passwordOf("bob"));
            assertThat(approval(bob)).containsText("Started by");
            bob.picture("approval");
            bob.button("Approve").click();
            assertThat(approval(bob)).containsText("waits before the phase \"Building the package\"");
            var stale = admin.json("/api/approvals").at("/given/0/digest").asText();
            assertThat(admin.post("/api/approvals", "{\"digest\":\"" + stale + "\"}")
                            .statusCode())
                    .isEqualTo(409);

            bob.button("Approve").click();
            assertThat(bob.heading("The last run is completed")).isVisible();
            bob.page.getByText("Approvals").click();
            assertThat(bob.page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("used")))
                    .hasCount(2);
            bob.picture("approvals-given");
            assertThat(admin.json("/api/history").toString()).contains("\"approve\"");
        }
    }

    @Test
    void aRunInATerminalGoesOnWhenTheCommandApprovesIt() throws IOException {
        var app = PackagedApp.demo(folder).with("caravan.approval.phases", "history");
        var run = app.start("run", "--json");
        try {
            ConsoleService.within()
                    .atMost(Duration.ofMinutes(2))
                    .until(() ->
                            app.run("approve", "--json").json().path("waiting").isObject());
            assertThat(app.run("approve").out())
                    .contains("Run 1 waits since", "before the phase \"Messages\"", "caravan approve ");
            var digest =
                    app.run("approve", "--json").json().at("/waiting/digest").asText();
            assertThat(app.run("approve", "0123456789").err()).startsWith("CRV-682");
            assertThat(app.run("approve", digest.substring(0, 12)).out()).startsWith("Approved: run 1");

            var ended = run.end();
            assertThat(ended.err()).contains("waiting since");
            assertThat(ended.json().path("delivered").asLong()).isEqualTo(117);
        } finally {
            run.process().destroyForcibly();
        }
        assertThat(app.run("approve").out()).startsWith("No run waits");
        assertThat(app.run("approve", "0123456789").err()).startsWith("CRV-681");
    }

    private static Locator approval(ConsoleBrowser of) {
        return of.page.locator("section").filter(new Locator.FilterOptions().setHasText("An approval holds for"));
    }
}
