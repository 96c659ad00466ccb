package dev.caravan.packaged;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.caravan.packaged.HostileExport.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;

/** What is looked up at the console of the packaged application, by HTTP; names and texts in the source are hostile. */
class ConsoleFindIT extends ConsoleAtWork {

    @Override
    PackagedApp app() {
        return HostileExport.app(folder);
    }

    @BeforeAll
    void run() {
        admin.run();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aPermalinkIsFoundAndThatSomebodyAskedIsWrittenDown() {
        var permalink = "https://acme.slack.com/archives/C1/p1709539200000100";
        var found = admin.json("/api/find?what=" + encoded(permalink)).path("found");

        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("became").asText()).isEqualTo("ARRIVED");
        assertThat(admin.json("/api/history").toString()).contains(permalink);
    }

    @Test
    void personAndDayAndFileAreReadFromTheSource() {
        var day = admin.json("/api/find?person=U1&day=2024-03-04");
        assertThat(day.path("found")).hasSize(1);
        assertThat(day.path("looked").path("all").asInt()).isEqualTo(1);
        assertThat(admin.json("/api/find?file=" + encoded(SCRIPT)).path("found"))
                .hasSize(1);
    }

    @Test
    void aStoredScriptIsShownAsTextAndNoTextOfAMessageAtAll() {
        for (var page : List.of(
                "/find?what=" + encoded(SCRIPT),
                "/find?what=C1",
                "/find?person=U1&day=2024-03-04",
                "/find?conversation=C1&file=" + encoded(SCRIPT))) {
            var body = admin.page(page).body();
            assertThat(body).as(page).contains("</html>").doesNotContain("<img src=x");
        }
        assertThat(admin.page("/find?what=C1").body()).contains("&lt;img src=x onerror=alert(1)&gt;");
        assertThat(admin.get("/api/find?person=U1&day=2024-03-04").body()).doesNotContain("\"text\"");
    }

    @Test
    void theTableOfAddressesIsADownload() {
        var table = admin.get("/api/find/permalinks.csv?site=https://acme.slack.com");
        assertThat(table.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"permalinks.csv\"");
        assertThat(table.body()).contains("https://acme.slack.com/archives/C1/p1709539200000100");
        assertThat(admin.get("/api/find/permalinks.csv?site=" + encoded("javascript:alert(1)"))
                        .body())
                .contains("CRV-661");
    }

    @Test
    void aSampleIsDrawnForAReasonTickedOffAndKeptAsATable() {
        assertThat(admin.post("/api/sample", "{\"number\": 9, \"seed\": 1}").body())
                .contains("CRV-588");
        assertThat(admin.post("/api/sample", "{\"number\": 9999, \"seed\": 1, \"reason\": \"check\"}")
                        .body())
                .contains("CRV-664");
        assertThat(admin.post("/api/sample", "{\"number\": 9, \"seed\": 1, \"reason\": \"check\"}")
                        .statusCode())
                .isEqualTo(202);
        ConsoleService.within().until(() -> !admin.json("/api/sample").isEmpty());

        var messages = admin.json("/api/sample/messages?reason=check");
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).path("text").path("source").asText()).isEqualTo(SCRIPT);
        assertThat(admin.page("/sample?reason=check").body())
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<img src=x");
        assertThat(admin.page("/sample").body()).doesNotContain("onerror=alert(1)&gt;</pre>");

        assertThat(admin.post("/api/sample/ticks", "{\"place\": 0, \"verdict\": \"perhaps\"}")
                        .body())
                .contains("CRV-665");
        assertThat(admin.post(
                                "/api/sample/ticks",
                                "{\"place\": 0, \"verdict\": \"wrong\", \"note\": \"=HYPERLINK(1)\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(admin.json("/api/sample").get(0).path("wrong").asInt()).isEqualTo(1);
        assertThat(admin.get("/api/sample/ticks.csv").body())
                .contains(",wrong,")
                .contains("'=HYPERLINK(1)");
        assertThat(admin.json("/api/history").toString()).contains("C1/1709539200.000100: wrong");
    }

    @Test
    void theReportIsLiveAndItsTablesAreThoseOfAList() {
        var page = admin.page("/report").body();
        assertThat(page).contains("/report/differences.csv", "&lt;img src=x").doesNotContain("<img src=x");
        assertThat(admin.page("/report?difference=99999999&conversation=zzz").statusCode())
                .isEqualTo(200);
        for (var table : List.of("..%2F..%2Fledger.db", "report.html", "%2Fetc%2Fpasswd", "CONSOLE-USERS")) {
            assertThat(admin.get("/report/" + table + ".csv").statusCode())
                    .as(table)
                    .isIn(400, 404);
        }
    }

    @Test
    void whatCannotBeLookedForIsRefusedInWords() {
        for (var query : List.of("", "?person=U1", "?what=" + "x".repeat(2001))) {
            assertThat(admin.get("/api/find" + query).body()).as(query).contains("CRV-662");
        }
        assertThat(admin.page("/find?person=U1&day=../../etc").body()).contains("CRV-660");
    }
}
