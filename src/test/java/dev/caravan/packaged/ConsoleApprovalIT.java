package dev.caravan.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.caravan.packaged.ConsoleBrowserIT.button;
import static dev.caravan.packaged.ConsoleBrowserIT.heading;
import static dev.caravan.packaged.ConsoleBrowserIT.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** A phase is approved by a second person, in a browser and by the command. */
class ConsoleApprovalIT {

    private static final double PATIENCE_MS = 30_000;
    private static final String SECOND_PERSON = "A second person is wanted: not ann.";

    @TempDir
    Path folder;

    @Test
    void aPhaseIsApprovedBySomebodyElseThanWhoStartedTheRun() throws IOException {
        var chromium = ConsoleBrowserIT.chromium();
        if (chromium.isEmpty()) {
            if ("true".equals(System.getenv("CI"))) {
                fail("no Chromium on the path");
            }
            Assumptions.abort("no Chromium on the path: approving was not tried in a browser");
        }
        Files.createDirectories(PackagedApp.PROJECT.resolve("target/console"));
        try (var service = ConsoleService.start(PackagedApp.demo(folder)
                        .with("caravan.approval.phases", "history,seal")
                        .with("caravan.approval.second-person", "true"));
                var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium.get()))) {
            var admin = service.administrator();
            user(service, admin, "ann", "\"viewer\",\"operator\",\"approver\"");
            user(service, admin, "bob", "\"viewer\",\"approver\"");
            user(service, admin, "cy", "\"viewer\"");

            var ann = signedIn(browser, service, "ann");
            button(ann, "Run").click();
            assertThat(approval(ann)).containsText("waits before the phase \"Messages\"");
            assertThat(approval(ann)).containsText(SECOND_PERSON);
            assertThat(button(ann, "Approve")).hasCount(0);
            assertThat(ann.locator(".halt")).containsText("for somebody to approve the phase \"Messages\"");

            var cy = signedIn(browser, service, "cy");
            assertThat(approval(cy)).containsText("Approving is for the role \"approver\".");

            var bob = signedIn(browser, service, "bob");
            assertThat(approval(bob)).containsText("Started by");
            picture(bob, "approval");
            button(bob, "Approve").click();
            assertThat(approval(bob)).containsText("waits before the phase \"Building the package\"");
            var stale = admin.json("/api/approvals").at("/given/0/digest").asText();
            assertThat(admin.post("/api/approvals", "{\"digest\":\"" + stale + "\"}")
                            .statusCode())
                    .isEqualTo(409);

            button(bob, "Approve").click();
            assertThat(bob.getByRole(AriaRole.HEADING, heading("The last run is completed")))
                    .isVisible();
            bob.getByText("Approvals").click();
            assertThat(bob.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("used")))
                    .hasCount(2);
            picture(bob, "approvals-given");
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

    private static void user(ConsoleService service, Visitor admin, String name, String roles) throws IOException {
        var given = admin.change("PUT", "/api/users", "{\"name\":\"%s\",\"roles\":[%s]}".formatted(name, roles));
        var visitor = new Visitor(service);
        visitor.signIn(
                name, new ObjectMapper().readTree(given.body()).path("password").asText());
        assertThat(visitor.choosePassword(password(name)).statusCode()).isEqualTo(204);
    }

    private static String password(String name) {
        return "a password of " + name;
    }

    private static Page signedIn(Browser browser, ConsoleService service, String name) {
        var context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(service.uri("/").toString())
                .setViewportSize(1280, 900)
                .setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MS);
        com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        var page = context.newPage();
        page.navigate("/login");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password(name));
        button(page, "Sign in").click();
        return page;
    }

    private static Locator approval(Page page) {
        return page.locator("section").filter(new Locator.FilterOptions().setHasText("An approval holds for"));
    }
}
