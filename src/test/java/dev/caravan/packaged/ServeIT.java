package dev.caravan.packaged;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged application as a service. */
class ServeIT {

    @TempDir
    Path folder;

    private ConsoleService service;
    private Visitor admin;

    @BeforeEach
    void serve() {
        service = ConsoleService.start(PackagedApp.demo(folder));
        admin = service.administrator();
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void servesRunsAndTakesEditedFilesBetweenThem() throws Exception {
        assertThat(post().statusCode()).isEqualTo(202);
        assertThat(post().statusCode()).isEqualTo(409);
        awaitState("completed");
        var first = get("/api/run").path("last");
        assertThat(first.path("delivered").asInt()).isPositive();

        var mapping = folder.resolve("routes/mappings/mattermost-bulk/to/channel.jslt");
        var good = Files.readString(mapping);
        Files.writeString(mapping, good.replaceFirst("\\{", ""));
        ConsoleService.within().until(() -> get("/api/run").path("refused").size() == 1);
        assertThat(get("/api/run").path("refused").get(0).path("message").asText())
                .contains("mappings/mattermost-bulk/to/channel.jslt");

        assertThat(post().statusCode()).isEqualTo(202);
        awaitState("completed");
        var second = get("/api/run").path("last");
        assertThat(second.path("run").asInt()).isEqualTo(first.path("run").asInt() + 1);
        assertThat(second.path("sealed")).isEqualTo(first.path("sealed"));

        Files.writeString(mapping, good.replace("mattermost-cut($header, 1024)", "\"edited\""));
        Files.writeString(
                folder.resolve("routes/lane.camel.yaml"),
                Files.readString(folder.resolve("routes/lane.camel.yaml"))
                        .replace(
                                "\n      steps:\n",
                                "\n      steps:\n        - log:\n            id: told\n            message: a lane begins\n            loggingLevel: ERROR\n"));
        assertThat(post().statusCode()).isEqualTo(202);
        awaitState("completed");
        assertThat(get("/api/run").path("refused")).isEmpty();
        assertThat(get("/api/run").path("last").path("sealed").path("number").asInt())
                .isGreaterThan(first.path("sealed").path("number").asInt());
        assertThat(Files.readString(service.running().err())).contains("a lane begins");
    }

    @Test
    void aSignalEndsItCleanly() throws Exception {
        service.running().signal("TERM");
        var result = service.running().end();

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEmpty();
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("serving-")))
                    .isEmpty();
        }
    }

    private void awaitState(String state) {
        ConsoleService.within()
                .until(() -> get("/api/run").path("state").asText().equals(state));
    }

    private JsonNode get(String path) {
        return admin.json(path);
    }

    private HttpResponse<String> post() {
        return admin.post("/api/run", "");
    }
}
