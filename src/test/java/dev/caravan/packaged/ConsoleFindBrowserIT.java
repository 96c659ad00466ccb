package dev.caravan.packaged;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Looking up and changing mappings in a real browser, after a run of the sample. */
@Tag("long")
class ConsoleFindBrowserIT {

    @TempDir
    static Path folder;

    private static ConsoleService service;
    private static ConsoleBrowser browser;
    private static Page page;

    @BeforeAll
    static void run() {
        ConsoleBrowser.required();
        service = ConsoleService.start(PackagedApp.demo(folder));
        browser = ConsoleBrowser.signedIn(service);
        page = browser.page;
        browser.button("Run").click();
        assertThat(browser.heading("The last run is completed")).isVisible();
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
        }
        if (browser != null) {
            assertThat(browser.broken).isEmpty();
            browser.close();
        }
    }

    @Test
    void somebodyFindsAPermalinkAPersonsDayAndAFile() {
        browser.link("Find").click();
        page.getByLabel("A permalink, an id").fill("https://acme.slack.com/archives/C0GENERAL1/p1709539500000001");
        ConsoleBrowser.button(page.locator("form").first(), "Find").click();
        assertThat(page.locator("#found")).containsText("acme / ~general");
        browser.picture("find");

        page.getByLabel("What a person wrote").fill("anna.berg");
        page.getByLabel("on the day").fill("2024-03-04");
        ConsoleBrowser.button(page.locator("form").nth(1), "Find").click();
        assertThat(page.locator("#found")).containsText("C0GENERAL1/1709539500.000001");
        assertThat(page.locator("#found")).containsText("Read again for this");
        browser.picture("find-day");

        page.getByLabel("Messages with a file").fill("report.pdf");
        ConsoleBrowser.button(page.locator("form").nth(2), "Find").click();
        assertThat(page.locator("#found")).containsText("report.pdf");
        page.setViewportSize(390, 844);
        browser.picture("find-phone");
        page.setViewportSize(1280, 900);
    }

    @Test
    void somebodyChangesAMappingSeesTheResultAndSavesIt() throws Exception {
        browser.link("Mapping").click();
        browser.link("To the target: message").click();
        page.getByLabel("only in the conversation").fill("general");
        page.getByLabel("Number").fill("5");
        page.getByLabel("Why do you look").fill("the mapping of texts");
        browser.button("Show the record").click();
        assertThat(page.locator("#result")).containsText("Welcome to **Acme**");
        browser.picture("mapping");

        var field = page.getByLabel("post.message", new Page.GetByLabelOptions().setExact(true));
        field.fill("\"Moved: \" + $text");
        field.press("Tab");
        assertThat(page.locator("#result")).containsText("Moved: Welcome to **Acme**");
        assertThat(page.locator("#template")).hasValue(Pattern.compile("\"Moved: \" \\+ \\$text"));

        browser.button("Check and show the changes").click();
        assertThat(page.locator(".diff")).containsText("\"Moved: \" + $text");
        assertThat(page.locator("#review")).containsText("examples beside the template no longer fit it");
        browser.picture("mapping-review");
        page.getByLabel("These are meant to change").check();
        browser.button("Save").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Saved.");
        assertThat(Files.readString(folder.resolve("routes/mappings/mattermost-bulk/to/message.jslt")))
                .contains("\"Moved: \" + $text");

        browser.link("History").click();
        assertThat(browser.row("changed a mapping")).containsText("mattermost-bulk/to/message.jslt");
        page.setViewportSize(390, 844);
        browser.link("Mapping").click();
        browser.picture("mapping-phone");
        page.setViewportSize(1280, 900);
    }

    @Test
    void somebodyLooksAtTheReportAndTicksOffASample() {
        browser.link("Report").click();
        assertThat(page.locator("#standing")).containsText("C0GENERAL1");
        assertThat(page.locator("#standing")).containsText("adds up");
        browser.picture("report-live");

        browser.link("Sample").click();
        page.getByLabel("How many messages").fill("6");
        page.getByLabel("Why do you look").first().fill("check");
        browser.button("Draw a sample").click();
        assertThat(page.locator("table")).containsText("anna.berg");
        page.getByLabel("Why do you look").last().fill("check");
        browser.button("Show").click();
        var first = page.locator("article").first();
        first.getByLabel("Note").fill("as it was");
        ConsoleBrowser.button(first, "Right").click();
        assertThat(page.locator("article.RIGHT")).hasCount(1);
        var second = page.locator("article").nth(1);
        ConsoleBrowser.button(second, "Wrong").click();
        assertThat(page.locator("article.WRONG")).hasCount(1);
        browser.picture("sample");
        page.setViewportSize(390, 844);
        browser.picture("sample-phone");
        page.setViewportSize(1280, 900);
    }

    @Test
    void bothPagesSpeakChinese() {
        page.navigate("/find?lang=zh");
        browser.picture("find-zh");
        assertThat(browser.button("查找").first()).isVisible();
        page.navigate("/mapping");
        browser.picture("mapping-zh");
        assertThat(browser.link("映射")).isVisible();
        page.navigate("/find?lang=en");
        assertThat(browser.button("Find").first()).isVisible();
    }
}
