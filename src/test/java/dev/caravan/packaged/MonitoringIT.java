package dev.caravan.packaged;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caravan.agora.AgoraStubProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a service tells those who watch it, after a run of the sample into a running system that keeps a rate. */
@Tag("long")
class MonitoringIT {

    private static final Path GRAFANA = PackagedApp.PROJECT.resolve("docs/grafana");

    /** Of Prometheus itself: whether a scrape came back, and what it adds to each series. */
    private static final String SCRAPED = "up";

    private static final Set<String> ADDED = Set.of("instance", "job");

    @TempDir
    static Path folder;

    private static AgoraStubProcess stub;
    private static ConsoleService service;
    private static Visitor admin;
    private static Scrape scrape;

    @BeforeAll
    static void run() {
        stub = new AgoraStubProcess();
        stub.unlimited();
        Folders.copy(PackagedApp.PROJECT.resolve("routes"), folder.resolve("routes"));
        service = ConsoleService.start(new PackagedApp(folder)
                .with(stub.sinkSettings())
                .with("caravan.source.path", PackagedApp.SAMPLE.toString())
                .with("caravan.sink.shift-accepted", "120")
                .with("caravan.sink.import-rate", "1000")
                .with("caravan.delivery.give-up-after", "PT10S"));
        admin = service.administrator();
        assertThat(admin.post("/api/run", "").statusCode()).isEqualTo(202);
        ConsoleService.within()
                .until(() -> !admin.json("/api/run").path("state").asText().equals("running"));
        assertThat(admin.json("/api/run").path("state").asText())
                .as(() -> admin.json("/api/run").toPrettyString())
                .isEqualTo("completed");
        // The ledger is looked at now and then, not at each scrape.
        ConsoleService.within().until(() -> {
            scrape = Scrape.of(service.management("/q/metrics"));
            return scrape.sum("caravan_run_state", "state", "completed") == 1;
        });
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
        }
        stub.close();
    }

    static Stream<String> everyMetricAndLabelOfTheFilesIsExposed() throws IOException {
        var panels = new ObjectMapper()
                .readTree(GRAFANA.resolve("caravan-dashboard.json").toFile())
                .path("panels");
        var rules = new YAMLMapper()
                .readTree(GRAFANA.resolve("caravan-alerts.yaml").toFile())
                .path("groups")
                .path(0)
                .path("rules");
        return Stream.concat(
                stream(panels).flatMap(panel -> stream(panel.path("targets"))).map(one -> expression(one)),
                stream(rules).map(MonitoringIT::expression));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        assertThat(list).isNotEmpty();
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static String expression(JsonNode holder) {
        return holder.path("expr").asText();
    }

    @ParameterizedTest
    @MethodSource
    void everyMetricAndLabelOfTheFilesIsExposed(String expression) {
        var query = PromQuery.parse(expression.replace("$__rate_interval", "1m"));

        var asked = query.selectors();
        assertThat(asked).isNotEmpty();
        for (var selector : asked) {
            if (!selector.metric().equals(SCRAPED)) {
                assertThat(selecting(selector)).as("series of %s", selector).isNotEmpty();
            }
        }
        for (var label : query.groupedBy()) {
            assertThat(ADDED.contains(label)
                            || asked.stream().anyMatch(selector -> selecting(selector).stream()
                                    .allMatch(one -> one.labels().containsKey(label))))
                    .as("label %s", label)
                    .isTrue();
        }
    }

    private static List<Scrape.Sample> selecting(PromQuery.Selector selector) {
        var left = new ArrayList<>(scrape.of(selector.metric()));
        selector.labels()
                .forEach((label, matcher) -> left.removeIf(one -> !ADDED.contains(label)
                        && (!one.labels().containsKey(label)
                                || matcher.startsWith("=\"")
                                        && !matcher.equals("=\"" + one.labels().get(label) + "\""))));
        return left;
    }

    @Test
    void theAccountOfTheRunIsTheAccountOfTheMetrics() {
        var kinds = admin.json("/api/run").path("last").path("kinds");

        assertThat(kinds.path("message").path("read").asLong()).isPositive();
        kinds.fields().forEachRemaining(kind -> Stream.of("read", "delivered", "filtered", "dead")
                .forEach(outcome -> assertThat(
                                scrape.sum("caravan_records_total", "kind", kind.getKey(), "outcome", outcome))
                        .as("%s %s", kind.getKey(), outcome)
                        .isEqualTo(kind.getValue().path(outcome).asDouble())));
        var waiting = admin.json("/api/run").path("last").path("open").asDouble();
        assertThat(waiting).isPositive();
        assertThat(scrape.sum("caravan_dead_letters_waiting")).isEqualTo(waiting);
        assertThat(scrape.sum("caravan_dead_letters_total")).isEqualTo(waiting);
    }

    @Test
    void whatTheServiceIsAtIsOneOfItsStates() {
        assertThat(scrape.sum("caravan_work")).isOne();
        assertThat(scrape.sum("caravan_work", "state", "completed")).isOne();
        assertThat(scrape.sum("caravan_phase", "phase", "verification")).isOne();
        assertThat(scrape.sum("caravan_verdict")).isOne();
        assertThat(scrape.sum("caravan_ledger_up")).isOne();
        assertThat(scrape.sum("caravan_lease_heartbeat_seconds")).isGreaterThan(1.6e9);
    }

    @Test
    void callsAreCountedByGroupAndBatchesNotRecords() {
        assertThat(scrape.sum("caravan_calls_total", "group", "IMPORT_GROUPS")).isPositive();
        assertThat(scrape.sum("caravan_rate_permitted", "group", "IMPORT_GROUPS"))
                .isEqualTo(1000);
        assertThat(scrape.sum("caravan_call_seconds_count")).isPositive();
        assertThat(scrape.sum("caravan_batches_total"))
                .isPositive()
                .isLessThan(scrape.sum("caravan_records_total", "outcome", "read"));
        assertThat(scrape.samples())
                .noneMatch(one -> one.metric().startsWith("Camel")
                        || one.metric().startsWith("camel")
                        || one.metric().startsWith("http_server"));
    }

    @Test
    void metricsAndTheDetailsOfHealthAreNotOnThePortOfTheConsole() {
        assertThat(admin.get("/q/metrics").statusCode()).isEqualTo(404);
        assertThat(admin.get("/q/health").statusCode()).isEqualTo(404);
        assertThat(new Visitor(service).get("/q/metrics").statusCode()).isEqualTo(401);
    }

    @Test
    void aTakenPortIsToldInOneLine(@TempDir Path other) {
        var second = PackagedApp.demo(other)
                .with(
                        "caravan.serve.management-port",
                        Integer.toString(service.management("/").getPort()))
                .run("serve", "--port", "0");

        assertThat(second.status()).isEqualTo(3);
        assertThat(second.err()).contains("CRV-700", "caravan.serve.management-port");
        assertThat(second.err().lines()).hasSize(1);
        assertThat(Folders.names(other)).noneMatch(name -> name.startsWith("caravan-work"));
    }

    @Test
    void beyondThisMachineTheyAreForViewersOnly(@TempDir Path other) throws Exception {
        try (var open =
                ConsoleService.start(PackagedApp.demo(other).with("caravan.serve.management-host", "0.0.0.0"))) {
            open.administrator();
            var http = HttpClient.newHttpClient();
            for (var path : List.of("/q/metrics", "/q/health", "/q/nothing")) {
                var stranger = HttpRequest.newBuilder(open.management(path));
                assertThat(http.send(stranger.build(), BodyHandlers.ofString()).statusCode())
                        .isEqualTo(401);
                assertThat(http.send(
                                        stranger.header("Authorization", Visitor.basic("admin", "wrong"))
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(401);
            }
            var viewer = HttpRequest.newBuilder(open.management("/q/metrics"))
                    .header("Authorization", Visitor.basic(ConsoleService.ADMIN, ConsoleService.PASSWORD));
            assertThat(http.send(viewer.build(), BodyHandlers.ofString()).body())
                    .contains("caravan_ledger_up");
        }
    }
}
