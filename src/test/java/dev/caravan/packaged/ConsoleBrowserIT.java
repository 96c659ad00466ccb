package dev.caravan.packaged;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * The console in a real browser, as an operator uses it for a whole migration. Pictures of every page, light and dark, are
 * left in {@code target/console}. Wants Chromium on the path: skipped where there is none, a failure under {@code CI=true}.
 */
class ConsoleBrowserIT {

    private static final Path PICTURES = PackagedApp.PROJECT.resolve("target/console");
    private static final double PATIENCE_MS = 120_000;

    /** What the browser notes of a wrong password and of a wrong number typed; whatever else it notes is a fault of ours. */
    private static final Pattern PROVOKED = Pattern.compile("status of (401|409)|Error Code 409 from /api/rollback");

    @TempDir
    static Path folder;

    private static Playwright playwright;
    private static Browser browser;
    private static ConsoleService service;

    @BeforeAll
    static void start() throws IOException {
        var chromium = chromium();
        if (chromium.isEmpty()) {
            if ("true".equals(System.getenv("CI"))) {
                fail("no Chromium on the path");
            }
            Assumptions.abort("no Chromium on the path: the console was not tried in a browser");
        }
        Files.createDirectories(PICTURES);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium.get()));
        Files.writeString(folder.resolve("user-map.csv"), "source,username\n");
        service = ConsoleService.start(PackagedApp.demo(folder)
                .with("caravan.missing-author", "dead-letter")
                .with("caravan.user-map", "user-map.csv"));
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
        }
        if (playwright != null) {
            playwright.close();
        }
    }

    static Optional<Path> chromium() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    void anOperatorTakesAMigrationFromTheFirstSignInToItsRollback() throws IOException {
        var context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(service.uri("/").toString())
                .setViewportSize(1280, 900)
                .setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        var page = context.newPage();
        var broken = new ArrayList<String>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !PROVOKED.matcher(message.text()).find()) {
                broken.add(message.text());
            }
        });
        page.onPageError(broken::add);

        signIn(page);
        check(page);
        run(page);
        detail(page);
        mendGroup(page);
        mendOne(page);
        otherPages(page);
        rollback(page);
        bothLanguages(page);

        assertThat(broken).isEmpty();
        context.close();
    }

    private static void signIn(Page page) {
        page.navigate("/");
        assertThat(page).hasURL(Pattern.compile("/login$"));
        picture(page, "login");
        page.getByLabel("Name").fill(ConsoleService.ADMIN);
        page.getByLabel("Password").fill("not this one");
        button(page, "Sign in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("CRV-590");
        page.getByLabel("Name").fill(ConsoleService.ADMIN);
        page.getByLabel("Password").fill(service.oneTimePassword());
        button(page, "Sign in").click();
        assertThat(page).hasURL(Pattern.compile("/password$"));
        picture(page, "password");
        page.getByLabel("New password", exactly()).fill(ConsoleService.PASSWORD);
        page.getByLabel("New password again").fill(ConsoleService.PASSWORD);
        button(page, "Save").click();
        assertThat(page.getByRole(AriaRole.HEADING, heading("Nothing has moved yet")))
                .isVisible();
        picture(page, "migration-new");
    }

    private static void check(Page page) {
        button(page, "Check").click();
        assertThat(page.getByText("Will become dead letters")).isVisible();
        page.getByText("What the states and phases mean").click();
        assertThat(page.getByText("Another process is working on this migration"))
                .isVisible();
        picture(page, "check");
    }

    /** The chart, each conversation, the findings of one rule. */
    private static void detail(Page page) {
        assertThat(page.locator("#chart canvas")).isVisible();
        link(page, "Conversation by conversation").click();
        assertThat(page.getByRole(AriaRole.HEADING, heading("Conversations"))).isVisible();
        assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("engineering")))
                .containsText("done");
        picture(page, "lanes");
        link(page, "Migration").click();
        page.locator("a[href^='/findings?rule=']").first().click();
        assertThat(page.getByRole(AriaRole.HEADING, heading("Findings"))).isVisible();
        assertThat(page.locator("tbody tr").first()).isVisible();
        picture(page, "findings");
        link(page, "Migration").click();
    }

    private static void run(Page page) {
        button(page, "Run").click();
        assertThat(page.getByRole(AriaRole.HEADING, heading("The last run is completed")))
                .isVisible();
        assertThat(button(page, "Verify")).isVisible();
        assertThat(page.getByRole(
                        AriaRole.ROW,
                        new Page.GetByRoleOptions().setName(Pattern.compile("^messages 123 116 0 2 5 yes"))))
                .isVisible();
        picture(page, "migration");
    }

    /** One entry in the user map, one click. */
    private static void mendGroup(Page page) {
        link(page, "Dead letters").click();
        picture(page, "dead-letters");
        var group = page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText("USLACKBOT"))
                .first();
        group.getByLabel("User name on the target").fill("slackbot");
        button(group, "Map and send again").click();
        assertThat(group).isHidden();
        assertThat(page.locator("#letters h1")).containsText("4 wait");
        picture(page, "dead-letters-mended");
    }

    private static void mendOne(Page page) {
        var letter = page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText("not-an-object"))
                .last();
        letter.getByRole(AriaRole.LINK).click();
        assertThat(page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Record")))
                .isHidden();
        page.getByLabel("Why do you look").fill("to mend it");
        button(page, "Show the record").click();
        var record = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Record"));
        record.fill("{\"type\":\"message\"}");
        button(page, "Try").click();
        assertThat(page.locator("#canonical")).containsText("Would still be refused");
        record.fill(
                "{\"type\":\"message\",\"user\":\"U0ANNA0001\",\"text\":\"mended by hand\",\"ts\":\"1710147600.000100\"}");
        button(page, "Try").click();
        assertThat(page.locator("#canonical")).containsText("mended by hand");
        picture(page, "dead-letter");
        button(page, "Save").click();
        assertThat(page.getByText("Saved.")).isVisible();
        button(page, "Send this one again").click();
        assertThat(page.locator("#letter h1")).containsText(" sent ");
    }

    private static void rollback(Page page) {
        link(page, "Migration").click();
        button(page, "Dry run").click();
        assertThat(page.getByText("This would be taken back")).isVisible();
        picture(page, "rollback");
        var confirmation = page.getByLabel("This cannot be undone");
        confirmation.fill("99");
        button(page, "Take back").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("CRV-240");
        var number = page.getByText("This cannot be undone").textContent().replaceAll("\\D", "");
        confirmation.fill(number);
        button(page, "Take back").click();
        assertThat(page.getByText("This was taken back")).isVisible();
        assertThat(folder.resolve("mattermost.zip")).doesNotExist();
    }

    private static void otherPages(Page page) {
        for (var name : List.of("Report", "History", "Users")) {
            link(page, name).click();
            assertThat(page.getByRole(AriaRole.HEADING, heading(name)).first()).isVisible();
            picture(page, name.toLowerCase(Locale.ROOT));
        }
        page.setViewportSize(390, 844);
        link(page, "Migration").click();
        picture(page, "migration-phone");
        link(page, "Dead letters").click();
        picture(page, "dead-letters-phone");
        page.setViewportSize(1280, 900);
    }

    private static void bothLanguages(Page page) {
        link(page, "中文").click();
        assertThat(link(page, "死信")).isVisible();
        picture(page, "dead-letters-zh");
        link(page, "迁移").click();
        assertThat(button(page, "运行")).isVisible();
        picture(page, "migration-zh");
        link(page, "English").click();
        assertThat(link(page, "Dead letters")).isVisible();
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Locator inside, String name) {
        return inside.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The first: some stand in the head of the page and in its text. */
    private static Locator link(Page page, String name) {
        return page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .first();
    }

    static Page.GetByRoleOptions heading(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    static void picture(Page page, String name) {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png"))
                    .setFullPage(true));
        }
    }
}
