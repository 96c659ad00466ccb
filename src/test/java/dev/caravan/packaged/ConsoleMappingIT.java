package dev.caravan.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.connector.slack.ExportZip;
import org.junit.jupiter.api.Test;

import static dev.caravan.packaged.HostileExport.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;

/** Templates at the console of the packaged application, by HTTP, before its first run. */
class ConsoleMappingIT extends ConsoleAtWork {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MESSAGE = "/api/mappings/from/message";
    private static final String RECORD =
            "{\"type\": \"message\", \"user\": \"U1\", \"ts\": \"1709539200.000100\", \"caravan\": {\"channel\": \"C1\"}}";

    @Override
    PackagedApp app() {
        ExportZip.sound()
                .with(
                        "general/2024-03-04.json",
                        "[{\"type\": \"message\", \"user\": \"U1\", \"ts\": \"1709539200.000100\", \"text\": \"%s\"}]"
                                .formatted(SCRIPT))
                .write(folder, "export.zip");
        return super.app().with("caravan.source.path", "export.zip");
    }

    private static String body(Object... namesAndValues) {
        var body = JSON.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            body.put((String) namesAndValues[i], String.valueOf(namesAndValues[i + 1]));
        }
        return body.toString();
    }

    @Test
    void aRecordIsShownForAReasonAndTriedWithAnotherTemplate() {
        assertThat(admin.get(MESSAGE + "/sample").body()).contains("CRV-588");
        var record = admin.get(MESSAGE + "/sample?reason=texts").body();
        assertThat(record).contains("onerror");
        assertThat(admin.json("/api/history").toString()).contains("message 0: texts");

        var template = admin.json(MESSAGE)
                .path("text")
                .asText()
                .replace("\"text\": if", "\"text\": if (true) \"tried\" else if");
        var tried = Visitor.tree(admin.post(MESSAGE + "/try", body("template", template, "record", record))
                .body());
        assertThat(tried.path("canonical").path("text").asText()).isEqualTo("tried");
        assertThat(tried.path("target").toString()).contains("tried");
    }

    @Test
    void aStoredScriptIsShownAsText() {
        var page =
                admin.page("/mapping/from/message?reason=" + "%3Cimg%20src=x").body();
        assertThat(page).contains("&lt;img src=x onerror=alert(1)&gt;").doesNotContain("<img src=x");
        var fragment = admin.post(
                        "/mapping/from/message/try",
                        body("template", "{\"id\": \"" + SCRIPT + "\"}", "record", "{\"text\": \"" + SCRIPT + "\"}"))
                .body();
        assertThat(fragment).contains("&lt;img src=x").doesNotContain("<img src=x");
    }

    @Test
    void aChangeOfAnOlderVersionIsRefusedAndAFreshOneServesTheNextRun() throws IOException {
        var now = admin.json(MESSAGE);
        var text = "// looked at\n" + now.path("text").asText();
        assertThat(admin.change("PUT", MESSAGE, body("template", text, "base", "0000", "renew", false))
                        .statusCode())
                .isEqualTo(409);

        var saved = admin.change(
                "PUT", MESSAGE, body("template", text, "base", now.path("hash").asText(), "renew", false));

        assertThat(saved.statusCode()).isEqualTo(200);
        assertThat(Files.readString(folder.resolve("routes/mappings/slack-export/from/message.jslt")))
                .startsWith("// looked at");
        assertThat(admin.json("/api/history").toString())
                .contains(now.path("hash").asText().substring(0, 12) + " -> ");
        ConsoleService.within().until(() -> !admin.json(MESSAGE).path("waiting").asBoolean());
    }

    @Test
    void aBrokenTemplateIsToldAndNotSaved() {
        var now = admin.json(MESSAGE);
        var broken = body("template", "{", "base", now.path("hash").asText(), "renew", true);
        assertThat(Visitor.tree(admin.post(MESSAGE + "/review", body("template", "{"))
                                .body())
                        .path("problems"))
                .isNotEmpty();
        assertThat(admin.change("PUT", MESSAGE, broken).body()).contains("CRV-50");
        assertThat(admin.json(MESSAGE).path("hash")).isEqualTo(now.path("hash"));
    }

    @Test
    void whatCallsItselfWithoutEndIsLeftAlone() {
        var endless = "def f(n) if ($n > 0) f($n - 1) + f($n - 1) else 1\n{\"id\": f(60)}";
        var answer = admin.post(MESSAGE + "/try", body("template", endless, "record", RECORD));
        assertThat(answer.body()).contains("CRV-676");
        assertThat(admin.get("/api/mappings").statusCode()).isEqualTo(200);
    }

    @Test
    void noPathLeadsOutOfTheFolder() {
        for (var place : List.of(
                "from/..%2F..%2F..%2Fapplication.properties",
                "..%2Fto/message",
                "from/message.jslt",
                "from/%2Fetc%2Fpasswd",
                "kamelets/message",
                "from/message%00")) {
            assertThat(admin.get("/api/mappings/" + place).statusCode())
                    .as(place)
                    .isIn(400, 404);
            assertThat(admin.change("PUT", "/api/mappings/" + place, body("template", "x", "base", "", "renew", false))
                            .statusCode())
                    .as(place)
                    .isIn(400, 404);
        }
        assertThat(folder.resolve("application.properties")).doesNotExist();
    }
}
