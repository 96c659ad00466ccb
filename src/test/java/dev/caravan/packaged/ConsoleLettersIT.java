package dev.caravan.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.caravan.connector.slack.ExportZip;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The page of dead letters in a real browser: 500 letters of one author nobody knows, and one that only a person can mend. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleLettersIT {

    private static final int LETTERS = 500;
    private static final int MOST_CLICKS = 5;

    @TempDir
    static Path folder;

    private static ConsoleService service;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        ConsoleBrowser.required();
        var byNobody = IntStream.range(0, LETTERS)
                .mapToObj(
                        "{\"type\":\"message\",\"user\":\"U0123\",\"text\":\"n%1$d\",\"ts\":\"1709625600.%1$06d\"}"
                                ::formatted)
                .collect(Collectors.joining(",", "[", ",{\"type\":\"message\",\"user\":\"U1\",\"text\":\"no time\"}]"));
        ExportZip.sound().with("general/2024-03-05.json", byNobody).write(folder, "export.zip");
        service = ConsoleService.start(PackagedApp.demo(folder)
                .with("caravan.source.path", "export.zip")
                .with("caravan.missing-author", "dead-letter")
                .with("caravan.stop.lane-dead-letters", "1")
                .with("caravan.stop.run-dead-letters", "1"));
        browser = ConsoleBrowser.signedIn(service);
        browser.button("Run").click();
        assertThat(browser.heading("The last run is completed")).isVisible();
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
    @Order(1)
    void aGroupIsMendedByOneEntryInTheUserMapInAtMostFiveClicks() throws IOException {
        browser.click(browser.link("Dead letters"));
        assertThat(browser.page.locator("#letters h1")).containsText("501 wait");
        var group = browser.row("U0123");
        assertThat(group).containsText("500");
        browser.picture("dead-letters-groups");
        group.getByLabel("User name on the target").fill("ann.who.left");
        browser.click(ConsoleBrowser.button(group, "Map and send again"));
        assertThat(browser.page.locator("#letters h1")).containsText(Pattern.compile("(?<!\\d)1 wait"));

        assertThat(browser.clicks()).isLessThanOrEqualTo(MOST_CLICKS);
        assertThat(Files.readString(folder.resolve("caravan-work/user-map.csv")))
                .contains("U0123,ann.who.left");
        browser.page.navigate("/dead-letters?state=replayed&subject=U0123&stage=link&from=2024-03-05&to=2024-03-06");
        assertThat(browser.page.locator("#letters table").last().locator("tbody tr"))
                .hasCount(50);
        browser.page.navigate("/history");
        assertThat(browser.page.locator("main")).containsText("U0123: - -> ann.who.left");
    }

    @Test
    @Order(2)
    void oneLetterIsEditedInColoursTriedDownTheWholeRoadAndSent() {
        browser.page.navigate("/dead-letters?cause=time-missing");
        browser.page.locator("#letters table").last().getByRole(AriaRole.LINK).click();
        browser.page.getByLabel("Why do you look").fill("to mend it");
        browser.button("Show the record").click();
        var record = browser.page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Record"));
        assertThat(browser.page.locator(".editor .j-name").first()).hasText("\"type\"");

        record.fill("{\"type\":\"message\",");
        assertThat(browser.page.locator("#syntax")).containsText("This is not JSON");
        record.fill("{\"type\":\"message\",\"user\":\"U1\",\"text\":\"no time\"}");
        browser.button("Try").click();
        assertThat(browser.page.locator("#canonical")).containsText("time-missing");
        record.fill("{\"type\":\"message\",\"user\":\"U1\",\"text\":\"mended\",\"ts\":\"1709629200.000100\"}");
        assertThat(browser.page.locator("#syntax")).containsText("This is JSON");
        browser.button("Try").click();
        assertThat(browser.page.locator("#canonical")).containsText("It would be sent.");
        assertThat(browser.page.locator("#canonical")).containsText("As the target gets it");
        assertThat(browser.page.locator("#canonical")).containsText("caravan_id");
        browser.picture("dead-letter-tried");
        browser.button("Save").click();
        assertThat(browser.page.getByText("Saved.")).isVisible();
        browser.button("Send this one again").click();
        assertThat(browser.page.locator("#letter h1")).containsText(" sent ");
    }

    @Test
    @Order(3)
    void lettersAreDownloadedForAReason() throws IOException {
        browser.page.navigate("/dead-letters?subject=U0123");
        var form = browser.page.locator("form[data-download='dead-letters.jsonl']");
        form.getByLabel("Why do you look").fill("to count them");
        var download = browser.page.waitForDownload(
                () -> ConsoleBrowser.button(form, "Download").click());

        assertThat(download.suggestedFilename()).isEqualTo("dead-letters.jsonl");
        assertThat(Files.readAllLines(download.path())).hasSize(LETTERS);
        assertThat(browser.page.url()).doesNotContain("count");
        assertThat(browser.broken).isEmpty();
    }
}
