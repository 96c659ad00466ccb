package dev.caravan.packaged;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static dev.caravan.packaged.HostileExport.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;

/** A run at the console of the packaged application, by HTTP: what pages and calls show of it, and what they keep back. */
@Tag("long")
class ConsoleRunIT extends ConsoleAtWork {

    @Override
    PackagedApp app() {
        return HostileExport.app(folder);
    }

    @BeforeAll
    void run() {
        admin.run();
    }

    @Test
    void aStoredScriptIsShownAsText() {
        var letters = admin.json("/api/dead-letters").path("letters");
        assertThat(letters).isNotEmpty();
        var letter = "/dead-letters/" + letters.get(0).path("id").asLong();
        for (var page : List.of("/", "/lanes", "/findings", "/dead-letters", letter, "/history")) {
            var body = admin.page(page).body();
            assertThat(body).as(page).contains("</html>").doesNotContain("<img src=x");
        }
        assertThat(admin.page("/dead-letters").body()).contains("&lt;img src=x onerror=alert(1)&gt;");
        assertThat(admin.post(letter + "/text", "{\"reason\":\"%s\"}".formatted(SCRIPT))
                        .body())
                .contains("&lt;/textarea&gt;")
                .containsOnlyOnce("</textarea>")
                .doesNotContain("<img src=x");
        assertThat(admin.page("/report/page").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).contains("sandbox").doesNotContain("script-src"));
    }

    @Test
    void theTablesThatTheReportLinksToAreThereAndNothingBesideThem() {
        var links = Pattern.compile("href=\"([^\"#]+)\"")
                .matcher(admin.page("/report/page").body())
                .results()
                .map(link -> service.uri("/report/page").resolve(link.group(1)).getPath())
                .distinct()
                .toList();
        assertThat(links).contains("/report/dead-letters.csv");
        for (var link : links) {
            var table = admin.get(link);
            assertThat(table.statusCode()).as(link).isEqualTo(200);
            assertThat(table.headers().firstValue("Content-Disposition"))
                    .as(link)
                    .hasValueSatisfying(disposition -> assertThat(disposition).startsWith("attachment"));
            assertThat(table.body()).as(link).isNotEmpty();
        }
        for (var trick : List.of("..%2Fledger.csv", "%2e%2e/export.csv", "report.json", "none.csv")) {
            assertThat(admin.get("/report/" + trick).statusCode()).as(trick).isEqualTo(404);
        }
    }

    @Test
    void everyPageForbidsWhatItDoesNotNeed() {
        for (var page : List.of("/", "/login", "/dead-letters", "/users")) {
            var headers = admin.page(page).headers();
            assertThat(headers.firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe"));
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
        }
        var cookie = new Visitor(service)
                .signIn("admin", ConsoleService.PASSWORD)
                .headers()
                .firstValue("Set-Cookie");
        assertThat(cookie).hasValueSatisfying(value -> assertThat(value).contains("HTTPOnly", "SameSite=Strict"));
    }

    @Test
    void textOfARecordIsShownForAReasonThatIsWrittenDown() {
        var id = admin.json("/api/dead-letters")
                .path("letters")
                .get(0)
                .path("id")
                .asLong();
        var record = "/api/dead-letters/%d/record".formatted(id);
        assertThat(admin.post(record, "{}").body()).contains("CRV-588");
        assertThat(admin.get(record + "?reason=because").statusCode()).isEqualTo(405);
        assertThat(admin.post(record, "{\"reason\":\"because\"}").body()).contains("onerror");
        for (var attempt : List.of("/api/dead-letters/%d/try", "/dead-letters/%d/try", "/dead-letters/%d/text")) {
            assertThat(admin.post(attempt.formatted(id), "{\"reason\":\" \"}").body())
                    .as(attempt)
                    .contains("CRV-588");
        }
        assertThat(admin.json("/api/history").toString()).contains(id + ": because");
        assertThat(admin.page("/dead-letters/" + id).body()).doesNotContain("onerror=alert(1) /");
    }

    @Test
    void manyLettersAreMendedInAFileAndWaivedWithAReason() {
        var line = (ObjectNode) Visitor.tree(admin.post("/api/dead-letters/lines/download", "{\"reason\":\"repair\"}")
                .body());
        line.put("record", line.path("record").asText().replaceFirst("never [^\"]*", "soon"));
        var uploaded = Visitor.tree(
                admin.post("/api/dead-letters/lines", line + "\nno line").body());
        assertThat(uploaded.path("changed").asInt()).isEqualTo(1);
        assertThat(uploaded.path("refused").get(0).path("code").asText()).isEqualTo("CRV-589");

        assertThat(admin.post("/api/dead-letters/waive", "{\"all\":true}").body())
                .contains("CRV-588");
    }

    @Test
    void aSlipNeverMeansEverything() {
        var before = admin.json("/api/dead-letters").toString();
        for (var slip : Map.of(
                        "{\"id\":[5],\"reason\":\"x\"}", "CRV-642",
                        "{\"reason\":\"x\"}", "CRV-644",
                        "{\"ids\":[],\"cause\":\" \",\"reason\":\"x\"}", "CRV-644",
                        "{\"ids\":[1],\"all\":true,\"reason\":\"x\"}", "CRV-644",
                        "{\"ids\":\"five\"}", "CRV-642",
                        "{\"ids\"", "CRV-640",
                        "", "CRV-641")
                .entrySet()) {
            for (var deed : List.of("waive", "replay")) {
                var answer = admin.post("/api/dead-letters/" + deed, slip.getKey());
                assertThat(answer.statusCode()).as(slip.getKey()).isEqualTo(400);
                assertThat(answer.body()).as(slip.getKey()).contains(slip.getValue());
            }
        }
        for (var path : List.of("/api/rollback", "/api/password")) {
            assertThat(admin.post(path, "").body()).as(path).contains("CRV-641");
        }
        assertThat(admin.json("/api/dead-letters").toString()).isEqualTo(before);
    }

    @Test
    void theLastRunIsToldInDetail() {
        var lane = admin.json("/api/run/lanes").path("lanes").get(0);
        assertThat(lane.path("id").asText()).isEqualTo("C1");
        assertThat(lane.path("done").asBoolean()).isTrue();
        assertThat(lane.path("read").asLong()).isEqualTo(2);
        assertThat(admin.json("/api/run/series").path("run").asInt()).isEqualTo(1);
        assertThat(admin.get("/api/findings?rule=none-such&limit=5").statusCode())
                .isEqualTo(200);
        assertThat(admin.json("/api/history").path("chain").path("holds").asBoolean())
                .isTrue();
    }

    @Test
    void aCheckTellsWhatARunWouldDo() {
        assertThat(admin.post("/api/check", "").statusCode()).isEqualTo(202);
        admin.awaitWork();
        assertThat(admin.json("/api/check").path("check").path("result").path("kinds"))
                .isNotEmpty();
        assertThat(admin.page("/").body()).contains("Will become dead letters");
        assertThat(admin.post("/api/probe", "").statusCode()).isEqualTo(202);
        admin.awaitWork();
        assertThat(admin.json("/api/run").path("problem").path("code").asText()).isEqualTo("CRV-241");
    }

    @Test
    void aPauseHoldsUntilItIsResumed() {
        var paused = Visitor.tree(
                admin.post("/api/run/pause", "{\"reason\":\"lunch\"}").body());
        assertThat(paused.path("halted").asText()).contains("admin").contains("lunch");
        assertThat(admin.page("/").body()).contains("lunch");
        assertThat(Visitor.tree(admin.post("/api/run/resume", "").body())
                        .path("halted")
                        .isNull())
                .isTrue();
    }
}
