package dev.caravan.packaged;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Assumptions;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * A real browser before a service: whatever it notes as an error is kept, to be looked at. Wants Chromium on the path: the test
 * is skipped where there is none, and fails under {@code CI=true}.
 */
final class ConsoleBrowser implements AutoCloseable {

    private static final Path PICTURES = PackagedApp.PROJECT.resolve("target/console");

    /** Others may be at work on the same machine. */
    private static final double PATIENCE_MS = 120_000;

    final Page page;
    final List<String> broken = new ArrayList<>();
    private final ConsoleService service;
    private final Playwright playwright;
    private final Browser browser;
    private int clicks;

    private ConsoleBrowser(ConsoleService service, Playwright playwright, Browser browser) {
        this.service = service;
        this.playwright = playwright;
        this.browser = browser;
        var context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(service.uri("/").toString())
                .setViewportSize(1280, 900)
                .setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                broken.add(message.text());
            }
        });
        page.onPageError(broken::add);
    }

    /** At no page yet. */
    static ConsoleBrowser open(ConsoleService service) {
        var chromium = required();
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new ConsoleBrowser(
                service,
                playwright,
                playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium)));
    }

    /** Where somebody else sits: the same browser, that closes with this, and nothing in common else. */
    ConsoleBrowser another() {
        return new ConsoleBrowser(service, playwright, browser);
    }

    /** Before a service is started for it: skips the test where no browser is. */
    static Path required() {
        return chromium().orElseGet(() -> {
            if ("true".equals(System.getenv("CI"))) {
                fail("no Chromium on the path");
            }
            return Assumptions.abort("no Chromium on the path: the console was not tried in a browser");
        });
    }

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** In front of the first page, signed in as an administrator who has chosen a password. */
    static ConsoleBrowser signedIn(ConsoleService service) {
        service.administrator();
        var browser = open(service);
        browser.signIn(ConsoleService.ADMIN, ConsoleService.PASSWORD);
        assertThat(browser.link("Dead letters")).isVisible();
        return browser;
    }

    void signIn(String name, String password) {
        page.navigate("/login");
        fillIn(name, password);
    }

    /** At the page that asks for it. */
    void fillIn(String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        button("Sign in").click();
    }

    /** Clicks, and counts it. */
    void click(Locator what) {
        clicks++;
        what.click();
    }

    int clicks() {
        return clicks;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator button(Locator inside, String name) {
        return inside.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The first: some stand in the head of the page and in its text. */
    Locator link(String name) {
        return page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .first();
    }

    Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    Locator row(String text) {
        return page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(text))
                .first();
    }

    void picture(String name) {
        try {
            Files.createDirectories(PICTURES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png"))
                    .setFullPage(true));
        }
    }

    @Override
    public void close() {
        playwright.close();
    }
}
