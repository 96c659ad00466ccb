package dev.caravan.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether a service says that it is ready only while it is. */
@Tag("long")
class HealthIT {

    @TempDir
    Path folder;

    @Test
    void aLedgerThatIsMissingTurnsReadinessDownUntilItIsBack() throws IOException {
        try (var service = ConsoleService.start(PackagedApp.demo(folder))) {
            assertThat(check(service, "ledger").path("status").asText()).isEqualTo("UP");
            var ledger = folder.resolve("caravan-work/ledger.db");
            Files.move(ledger, folder.resolve("aside.db"));

            assertThat(status(service, "/health/ready")).isEqualTo(503);
            assertThat(status(service, "/health/live")).isEqualTo(200);
            assertThat(check(service, "ledger").path("data").path("code").asText())
                    .isEqualTo("CRV-303");
            ConsoleService.within()
                    .until(() -> Scrape.of(service.management("/q/metrics")).sum("caravan_ledger_up") == 0);

            Files.move(folder.resolve("aside.db"), ledger);
            assertThat(status(service, "/health/ready")).isEqualTo(200);
        }
    }

    @Test
    void aDatabaseServerThatIsAwayTurnsReadinessDown() throws IOException {
        var database = EmbeddedPostgres.start();
        try (var service = ConsoleService.start(PackagedApp.demo(folder)
                .with("caravan.ledger.kind", "postgresql")
                .with("caravan.ledger.url", database.getJdbcUrl("postgres", "postgres"))
                .with("caravan.ledger.user", "postgres"))) {
            assertThat(status(service, "/health/ready")).isEqualTo(200);

            database.close();

            assertThat(status(service, "/health/ready")).isEqualTo(503);
            assertThat(check(service, "ledger").path("data").path("code").asText())
                    .startsWith("CRV-3");
            assertThat(check(service, "routes").path("status").asText()).isEqualTo("UP");
        } finally {
            database.close();
        }
    }

    private static int status(ConsoleService service, String path) {
        return new Visitor(service).get(path).statusCode();
    }

    /** One of the details, which the management port tells. */
    private static JsonNode check(ConsoleService service, String name) {
        try {
            var answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(service.management("/q/health"))
                                    .build(),
                            BodyHandlers.ofString());
            for (var check : new ObjectMapper().readTree(answer.body()).path("checks")) {
                if (check.path("name").asText().equals(name)) {
                    return check;
                }
            }
            throw new AssertionError(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
