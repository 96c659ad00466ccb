package dev.caravan.packaged;

import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerAddress;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A service beside a run in a terminal: what it tells over HTTP is true within ten seconds. */
class TwoProcessesIT {

    @TempDir
    Path folder;

    @Test
    void aServiceTellsWhatACommandInATerminalDoes() throws Exception {
        var app = PackagedApp.demo(folder);
        try (var service = ConsoleService.start(app)) {
            var admin = service.administrator();
            assertThat(writer(admin).isNull()).isTrue();
            assertThat(admin.post("/api/run/pause", "{\"reason\":\"so that it lasts\"}")
                            .statusCode())
                    .isEqualTo(200);

            var run = app.start("run");
            var pid = Long.toString(run.process().pid());
            await().untilAsserted(() -> assertThat(owner()).endsWith(" " + pid));
            within().untilAsserted(() -> {
                assertThat(writer(admin).path("owner").asText()).endsWith(" " + pid);
                assertThat(writer(admin).path("command").asText()).isEqualTo("run");
                assertThat(writer(admin).path("silent").asBoolean()).isFalse();
            });
            assertThat(admin.page("/").body())
                    .contains("Another process is working")
                    .contains(pid);
            Awaitility.await()
                    .during(Duration.ofSeconds(6))
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    writer(admin).path("aliveSecondsAgo").asLong())
                            .isLessThanOrEqualTo(6));

            run.signal("KILL");
            run.process().waitFor();
            within().untilAsserted(() ->
                    assertThat(writer(admin).path("silent").asBoolean()).isTrue());
            assertThat(admin.page("/").body()).contains("is silent");

            assertThat(admin.post("/api/run/resume", "").statusCode()).isEqualTo(200);
            var again = app.start("run");
            assertThat(again.end().status()).isNotEqualTo(5);
            within().untilAsserted(() -> assertThat(writer(admin).isNull()).isTrue());
            assertThat(admin.page("/").body()).contains("The last run is completed");
            assertThat(admin.json("/api/history").toString()).contains("run-began", "run-completed", "phase");
            assertThat(admin.json("/api/history").path("chain").path("holds").asBoolean())
                    .isTrue();
        }
    }

    private static JsonNode writer(Visitor admin) {
        return admin.json("/api/run").path("writer");
    }

    private String owner() {
        try (var ledger = Ledger.openReadOnly(LedgerAddress.sqlite(folder.resolve("caravan-work/ledger.db")))) {
            return ledger.holder().owner();
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofMillis(200));
    }

    private static ConditionFactory within() {
        return Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(200));
    }
}
