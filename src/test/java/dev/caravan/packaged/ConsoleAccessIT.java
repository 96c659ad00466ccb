package dev.caravan.packaged;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Signing in at the packaged application when something is in the way: many guesses, a proxy, a broken ledger. */
@Tag("long")
class ConsoleAccessIT extends ConsoleAtWork {

    /** Behind a proxy, which says where a request comes from: so each test has addresses of its own. */
    @Override
    PackagedApp app() {
        return super.app()
                .jvm(
                        "-Dquarkus.http.proxy.proxy-address-forwarding=true",
                        "-Dquarkus.http.proxy.allow-x-forwarded=true");
    }

    @Test
    void aScriptThatGuessesIsKeptWaitingInWordsAndNobodyElseIs() {
        HttpResponse<String> waits;
        int guesses = 0;
        do {
            waits = basic("wrong", "192.0.2.1");
            guesses++;
        } while (waits.statusCode() == 401 && guesses < 20);
        assertThat(guesses).isGreaterThan(5);
        assertThat(waits.statusCode()).isEqualTo(429);
        assertThat(Visitor.tree(waits.body()).path("code").asText()).isEqualTo("CRV-584");
        assertThat(basic(ConsoleService.PASSWORD, "192.0.2.2").statusCode()).isEqualTo(200);
        ConsoleService.within()
                .untilAsserted(() -> assertThat(admin.json("/api/history").toString())
                        .contains("sign-in-failed", "sign-in-limit", "192.0.2.1"));
        ConsoleService.within().untilAsserted(() -> assertThat(
                        basic(ConsoleService.PASSWORD, "192.0.2.1").statusCode())
                .isEqualTo(200));
    }

    @Test
    void whatTheRolesForbidIsWrittenDown() {
        var looker = admin.user("looker", List.of("viewer"));
        assertThat(looker.post("/api/run", "").statusCode()).isEqualTo(403);
        ConsoleService.within()
                .untilAsserted(() -> assertThat(admin.json("/api/history").toString())
                        .contains("\"who\":\"looker\",\"what\":\"forbidden\",\"detail\":\"POST /api/run\""));
    }

    @Test
    void byTlsTheCookieBelongsToThisHostAloneAndBrowsersStayWithTls() {
        var visitor = new Visitor(service);
        var answer = visitor.send(visitor.request("/login")
                .header("X-Forwarded-Proto", "https")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=admin&password=correct+horse+battery")));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Set-Cookie")).hasValueSatisfying(cookie -> assertThat(cookie)
                .startsWith("__Host-caravan_session=")
                .contains("Secure", "Path=/")
                .doesNotContain("Domain"));
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(visitor.page("/login").headers().firstValue("Strict-Transport-Security"))
                .isEmpty();
    }

    @Test
    void theLanguageChangesAndThePageStays() {
        assertThat(admin.page("/dead-letters?cause=a%26b&lang=en").body())
                .contains("href=\"?cause=a%26b&amp;lang=zh\"");
    }

    @Test
    void whoComesToMendTheLedgerCanSignIn(@TempDir Path other) throws IOException {
        try (var broken = ConsoleService.start(PackagedApp.demo(other))) {
            broken.administrator();
            for (var suffix : new String[] {"", "-wal", "-shm"}) {
                Files.deleteIfExists(other.resolve("caravan-work/ledger.db" + suffix));
            }
            Files.writeString(other.resolve("caravan-work/ledger.db"), "no database at all. ".repeat(100));
            var visitor = new Visitor(broken);
            assertThat(visitor.signIn("admin", ConsoleService.PASSWORD).statusCode())
                    .isEqualTo(303);
            assertThat(visitor.page("/").statusCode()).isEqualTo(503);
            assertThat(visitor.page("/users").statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> basic(String password, String address) {
        var script = new Visitor(service);
        return script.send(script.request("/api/run")
                .header("Authorization", Visitor.basic("admin", password))
                .header("X-Forwarded-For", address));
    }
}
