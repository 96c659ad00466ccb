package dev.caravan.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.microsoft.playwright.Dialog;
import dev.caravan.connector.slack.ExportZip;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The page of people in a real browser: a draft from a list of employees, a run that waits for a decision, a signature. */
@Tag("long")
class ConsolePeopleIT {

    @TempDir
    Path folder;

    @Test
    void aRunWaitsForTheDoubtfulAndTheSignatureWritesTheMap() throws IOException {
        ConsoleBrowser.required();
        ExportZip.sound().write(folder, "export.zip");
        Files.writeString(
                folder.resolve("employees.csv"),
                "username,email,name\nann.lee,ann@example.com,\nroberto,bob@other.example,Bob\n<img src=x>,x@y.z,X\n");
        try (var service = ConsoleService.start(PackagedApp.demo(folder)
                        .with("caravan.source.path", "export.zip")
                        .with("caravan.people.wait-for-doubtful", "true"));
                var browser = ConsoleBrowser.signedIn(service)) {
            browser.link("People").click();
            browser.page.getByLabel("List of employees").setInputFiles(folder.resolve("employees.csv"));
            browser.button("Draft").click();
            assertThat(browser.page.getByText("Doubtful people: 1")).isVisible();
            assertThat(browser.row("ann@example.com")).containsText("same e-mail address");
            assertThat(browser.row("bob@example.com")).containsText("another e-mail address");
            browser.picture("people");

            browser.link("Migration").click();
            browser.button("Run").click();
            assertThat(browser.page.locator("main")).containsText("waits for a decision on doubtful people (1)");
            browser.link("People").click();
            ConsoleBrowser.button(browser.row("bob@example.com"), "Decide").click();
            assertThat(browser.row("bob@example.com")).containsText("somebody decided");
            browser.link("Migration").click();
            assertThat(browser.heading("The last run is completed")).isVisible();

            browser.link("People").click();
            browser.page.onDialog(Dialog::accept);
            browser.button("Sign and write the map").click();
            assertThat(browser.page.getByText("Signed by admin")).isVisible();
            browser.page.setViewportSize(390, 844);
            browser.picture("people-phone");

            assertThat(Files.readString(folder.resolve("caravan-work/user-map.csv")))
                    .contains("U1,ann.lee,ann@example.com", "U2,roberto,bob@other.example")
                    .doesNotContain("img");
            assertThat(browser.broken).isEmpty();
        }
    }
}
