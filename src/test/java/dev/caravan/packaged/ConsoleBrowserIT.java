package dev.caravan.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console in a real browser, as an operator uses it for a whole migration. Pictures of every page, light and dark, are
 * left in {@code target/console}. Wants Chromium on the path: skipped where there is none, a failure under {@code CI=true}.
 */
class ConsoleBrowserIT {

    /** What the browser notes of a wrong password, of a wrong number typed, of no script and of no network; all else is a fault of ours. */
    private static final Pattern PROVOKED = Pattern.compile(
            "status of (401|409)|Error Code 409 from /api/rollback|ERR_INTERNET_DISCONNECTED|ERR_FAILED|htmx is not defined|htmx:(sendError|afterRequest)");

    @TempDir
    static Path folder;

    private static ConsoleService service;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() throws IOException {
        ConsoleBrowser.required();
        Files.writeString(folder.resolve("user-map.csv"), "source,username\n");
        service = ConsoleService.start(PackagedApp.demo(folder)
                .with("caravan.missing-author", "dead-letter")
                .with("caravan.user-map", "user-map.csv"));
        browser = ConsoleBrowser.open(service);
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void anOperatorTakesAMigrationFromTheFirstSignInToItsRollback() {
        var page = browser.page;
        signIn(page);
        check(page);
        run(page);
        detail(page);
        mendGroup(page);
        mendOne(page);
        otherPages(page);
        connectionLost(page);
        rollback(page);
        bothLanguages();

        assertThat(browser.broken).allMatch(message -> PROVOKED.matcher(message).find());
    }

    private static void signIn(Page page) {
        page.navigate("/");
        assertThat(page).hasURL(Pattern.compile("/login$"));
        browser.picture("login");
        browser.fillIn(ConsoleService.ADMIN, "not this one");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("CRV-590");
        browser.fillIn(ConsoleService.ADMIN, service.oneTimePassword());
        assertThat(page).hasURL(Pattern.compile("/password$"));
        nothingIsSentByTheBrowserAlone(page);
        browser.picture("password");
        page.getByLabel("New password", exactly()).fill(ConsoleService.PASSWORD);
        page.getByLabel("New password again").fill(ConsoleService.PASSWORD);
        browser.button("Save").click();
        assertThat(browser.heading("Nothing has moved yet")).isVisible();
        browser.picture("migration-new");
    }

    /** A form that no script has taken yet would carry the password into an address. */
    private static void nothingIsSentByTheBrowserAlone(Page page) {
        page.route("**/htmx.min.js", Route::abort);
        page.reload();
        assertThat(page.locator("main")).hasAttribute("inert", "");
        page.unroute("**/htmx.min.js");
        page.reload();
        assertThat(page.getByLabel("New password", exactly())).isFocused();
    }

    private static void check(Page page) {
        browser.button("Check").click();
        assertThat(page.getByText("Will become dead letters")).isVisible();
        page.getByText("What the states and phases mean").click();
        assertThat(page.getByText("Another process is working on this migration"))
                .isVisible();
        browser.picture("check");
    }

    /** The chart, each conversation, the findings of one rule. */
    private static void detail(Page page) {
        assertThat(page.locator("#chart canvas")).isVisible();
        browser.link("Conversation by conversation").click();
        assertThat(browser.heading("Conversations")).isVisible();
        assertThat(browser.row("engineering")).containsText("done");
        browser.picture("lanes");
        browser.link("Migration").click();
        page.locator("a[href^='/findings?rule=']").first().click();
        assertThat(browser.heading("Findings")).isVisible();
        assertThat(page.locator("tbody tr").first()).isVisible();
        browser.picture("findings");
        browser.link("Migration").click();
    }

    private static void run(Page page) {
        browser.button("Run").click();
        assertThat(browser.heading("The last run is completed")).isVisible();
        assertThat(browser.button("Verify")).isVisible();
        assertThat(page.getByRole(
                        AriaRole.ROW,
                        new Page.GetByRoleOptions().setName(Pattern.compile("^messages 123 116 0 2 5 yes"))))
                .isVisible();
        browser.picture("migration");
    }

    /** One entry in the user map, one click. */
    private static void mendGroup(Page page) {
        browser.link("Dead letters").click();
        browser.picture("dead-letters");
        var group = browser.row("USLACKBOT");
        group.getByLabel("User name on the target").fill("slackbot");
        ConsoleBrowser.button(group, "Map and send again").click();
        assertThat(group).isHidden();
        assertThat(page.locator("#letters h1")).containsText("4 wait");
        browser.picture("dead-letters-mended");
    }

    private static void mendOne(Page page) {
        var letter = page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText("not-an-object"))
                .last();
        letter.getByRole(AriaRole.LINK).click();
        assertThat(page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Record")))
                .isHidden();
        page.getByLabel("Why do you look").fill("to mend it");
        browser.button("Show the record").click();
        var record = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Record"));
        record.fill("{\"type\":\"message\"}");
        browser.button("Try").click();
        assertThat(page.locator("#canonical")).containsText("Would still be refused");
        record.fill(
                "{\"type\":\"message\",\"user\":\"U0ANNA0001\",\"text\":\"mended by hand\",\"ts\":\"1710147600.000100\"}");
        browser.button("Try").click();
        assertThat(page.locator("#canonical")).containsText("mended by hand");
        browser.picture("dead-letter");
        browser.button("Save").click();
        assertThat(page.getByText("Saved.")).isVisible();
        browser.button("Send this one again").click();
        assertThat(page.locator("#letter h1")).containsText(" sent ");
    }

    private static void rollback(Page page) {
        browser.link("Migration").click();
        browser.button("Dry run").click();
        assertThat(page.getByText("This would be taken back")).isVisible();
        browser.picture("rollback");
        var confirmation = page.getByLabel("This cannot be undone");
        confirmation.fill("99");
        browser.button("Take back").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("CRV-240");
        var number = page.getByText("This cannot be undone").textContent().replaceAll("\\D", "");
        confirmation.fill(number);
        browser.button("Take back").click();
        assertThat(page.getByText("This was taken back")).isVisible();
        assertThat(folder.resolve("mattermost.zip")).doesNotExist();
    }

    private static void otherPages(Page page) {
        for (var name : List.of("Report", "Notices", "History", "Users")) {
            browser.link(name).click();
            assertThat(browser.heading(name).first()).isVisible();
            browser.picture(name.toLowerCase(Locale.ROOT));
        }
        page.setViewportSize(390, 844);
        browser.link("Migration").click();
        browser.picture("migration-phone");
        browser.link("Dead letters").click();
        browser.picture("dead-letters-phone");
        page.setViewportSize(1280, 900);
    }

    private static void connectionLost(Page page) {
        browser.link("Migration").click();
        page.context().setOffline(true);
        assertThat(page.locator(".lost")).isVisible();
        page.context().setOffline(false);
        assertThat(page.locator(".lost")).isHidden();
        assertThat(browser.button("Verify")).isVisible();
    }

    private static void bothLanguages() {
        browser.link("中文").click();
        assertThat(browser.link("死信")).isVisible();
        browser.picture("dead-letters-zh");
        browser.link("迁移").click();
        assertThat(browser.button("运行")).isVisible();
        browser.picture("migration-zh");
        browser.link("English").click();
        assertThat(browser.link("Dead letters")).isVisible();
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
