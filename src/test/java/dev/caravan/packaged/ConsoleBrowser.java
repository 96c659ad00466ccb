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
    private static final double PATIENCE_MS = 30_000;

    final Page page;
    final List<String> broken = new ArrayList<>();
    private final Playwright playwright;
    private final ConsoleService service;
    private int clicks;

    private ConsoleBrowser(ConsoleService service, Path chromium) {
        this.service = service;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var context = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium))
                .newContext(new Browser.NewContextOptions()
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
        var browser = new ConsoleBrowser(service, required());
        service.administrator();
        browser.page.navigate("/login");
        browser.page.getByLabel("Name").fill(ConsoleService.ADMIN);
        browser.page.getByLabel("Password").fill(ConsoleService.PASSWORD);
        browser.button("Sign in").click();
        assertThat(browser.link("Dead letters")).isVisible();
        return browser;
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

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
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
        service.close();
    }
}
