package dev.caravan.packaged;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.agora.AgoraStubProcess;
import dev.caravan.fakechat.FaultProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Polled from outside, by HTTP, the state that a service shows is true within 10 s of whatever happens. */
@Tag("long")
@Timeout(300)
class TrueStateIT {

    private static final Duration TRUE_WITHIN = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private AgoraStubProcess target;
    private FaultProxy network;
    private ConsoleService service;
    private Visitor admin;

    @BeforeEach
    void runSlowly() {
        target = new AgoraStubProcess();
        target.settings("{'rates':{'export':100000}}");
        network = new FaultProxy(target.port());
        serve();
        admin = service.administrator();
        begin();
    }

    @AfterEach
    void end() {
        service.close();
        network.close();
        target.close();
    }

    @Test
    void ofATargetThatHangsOrIsGoneItSaysSoAndThatItAnswersAgain() {
        target.signal("STOP");
        shows(run -> why(run).equals("TARGET") && run.path("halted").asText().contains("taken nothing"));
        assertThat(state().path("state").asText()).isEqualTo("running");
        target.signal("CONT");
        shows(run -> run.path("progress").path("halt").isNull());

        network.refuse();
        shows(run -> why(run).equals("TARGET"));
        network.pass();
        shows(run -> run.path("progress").path("halt").isNull());
    }

    @Test
    void ofAPauseItSaysWhoAndWhyAndKilledItSaysNothingAndStartedAgainWhatIsLeft() {
        assertThat(admin.post("/api/run/pause", "{\"reason\": \"the chat is slow\"}")
                        .statusCode())
                .isEqualTo(200);
        shows(run -> why(run).equals("PAUSED"));
        assertThat(state().at("/progress/halt/by").asText()).isEqualTo(ConsoleService.ADMIN);
        assertThat(state().at("/progress/halt/reason").asText()).isEqualTo("the chat is slow");
        admin.post("/api/run/resume", "");
        shows(run -> run.path("progress").path("halt").isNull());

        service.running().signal("KILL");
        Awaitility.await().atMost(TRUE_WITHIN).untilAsserted(() -> assertThatThrownBy(this::ask)
                .isInstanceOf(ConnectException.class));
        serve();
        admin = new Visitor(service);
        admin.signIn(ConsoleService.ADMIN, ConsoleService.PASSWORD);
        assertThat(state().path("state").asText()).isEqualTo("idle");
        assertThat(state().path("last").isNull()).isTrue();

        begin();
    }

    private void serve() {
        if (!folder.resolve("routes").toFile().exists()) {
            Folders.copy(PackagedApp.PROJECT.resolve("routes"), folder.resolve("routes"));
        }
        var app = new PackagedApp(folder)
                .with(target.sinkSettings())
                .with("caravan.source.path", PackagedApp.SAMPLE.toString())
                .with("caravan.sink.rest-url", target.url().replace(":" + target.port(), ":" + network.port()))
                .with("caravan.sink.shift-accepted", "1000")
                // So slow that no run is over before it is looked at.
                .with("caravan.sink.import-rate", "2");
        service = ConsoleService.start(app);
    }

    /** Until messages are under way. */
    private void begin() {
        assertThat(admin.post("/api/run", "").statusCode()).isEqualTo(202);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .failFast(() -> assertThat(state().path("state").asText()).isEqualTo("running"))
                .untilAsserted(() -> assertThat(target.state().path("messages"))
                        .as(state().toString())
                        .isNotEmpty());
        assertThat(state().path("state").asText()).isEqualTo("running");
        shows(run -> run.path("progress").path("halt").isNull());
    }

    private void shows(Predicate<JsonNode> what) {
        Awaitility.await()
                .atMost(TRUE_WITHIN)
                .pollInterval(Duration.ofMillis(200))
                .until(this::state, what);
    }

    private static String why(JsonNode run) {
        return run.at("/progress/halt/why").asText();
    }

    private JsonNode state() {
        return admin.json("/api/run");
    }

    private void ask() throws Exception {
        HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(service.uri("/api/run")).build(), HttpResponse.BodyHandlers.discarding());
    }
}
