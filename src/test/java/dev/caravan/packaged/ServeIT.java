package dev.caravan.packaged;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged application as a service. */
class ServeIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private PackagedApp.Running service;

    @BeforeEach
    void serve() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        service = PackagedApp.demo(folder).start("serve", "--port", Integer.toString(port));
        within().ignoreExceptions()
                .until(() -> get("/q/health/ready").path("status").asText().equals("UP"));
    }

    @AfterEach
    void end() {
        service.process().destroyForcibly();
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
        within().until(() -> get("/api/run").path("refused").size() == 1);
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
        assertThat(Files.readString(service.err())).contains("a lane begins");
    }

    @Test
    void answersOnlyProgramsOnThisMachineAndNoForeignPage() throws Exception {
        var foreign = HttpRequest.newBuilder(uri("/api/run"))
                .header("Origin", "http://elsewhere.example")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(http.send(foreign, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        assertThat(get("/api/run").path("state").asText()).isEqualTo("idle");
    }

    @Test
    void aSignalEndsItCleanly() throws Exception {
        service.signal("TERM");
        var result = service.end();

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEmpty();
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("serving-")))
                    .isEmpty();
        }
    }

    private static ConditionFactory within() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }

    private void awaitState(String state) {
        within().until(() -> get("/api/run").path("state").asText().equals(state));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private HttpResponse<String> post() throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri("/api/run"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
