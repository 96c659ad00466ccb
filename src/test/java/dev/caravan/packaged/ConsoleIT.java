package dev.caravan.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may do what at the console of the packaged application, by HTTP. */
class ConsoleIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANYBODY = "";
    private static final String SIGNED_IN = "**";
    private static final List<String> ROLES = List.of("viewer", "operator", "approver", "reader", "admin");
    private static final String SCRIPT = "<img src=x onerror=alert(1)>";

    /** Every endpoint there is, and the role it wants. */
    private static final Map<String, String> ENDPOINTS = Map.ofEntries(
            Map.entry("GET /health/live", ANYBODY),
            Map.entry("GET /health/ready", ANYBODY),
            Map.entry("GET /login", ANYBODY),
            Map.entry("POST /login", ANYBODY),
            Map.entry("GET /login/oidc", SIGNED_IN),
            Map.entry("POST /logout", SIGNED_IN),
            Map.entry("GET /password", SIGNED_IN),
            Map.entry("POST /api/password", SIGNED_IN),
            Map.entry("GET /", "viewer"),
            Map.entry("GET /live/{part}", "viewer"),
            Map.entry("GET /live/work", "viewer"),
            Map.entry("GET /live/approval", "viewer"),
            Map.entry("GET /dead-letters", "viewer"),
            Map.entry("GET /dead-letters/{id}", "viewer"),
            Map.entry("GET /sample", "viewer"),
            Map.entry("GET /sample/progress", "viewer"),
            Map.entry("POST /sample/ticks", "reader"),
            Map.entry("GET /api/sample", "viewer"),
            Map.entry("POST /api/sample", "reader"),
            Map.entry("GET /api/sample/messages", "reader"),
            Map.entry("POST /api/sample/ticks", "reader"),
            Map.entry("GET /api/sample/ticks.csv", "reader"),
            Map.entry("GET /find", "viewer"),
            Map.entry("GET /mapping", "viewer"),
            Map.entry("GET /mapping/{side}/{kind}", "viewer"),
            Map.entry("POST /mapping/{side}/{kind}/try", "reader"),
            Map.entry("POST /mapping/{side}/{kind}/review", "operator"),
            Map.entry("GET /api/mappings", "viewer"),
            Map.entry("GET /api/mappings/{side}/{kind}", "viewer"),
            Map.entry("PUT /api/mappings/{side}/{kind}", "operator"),
            Map.entry("GET /api/mappings/{side}/{kind}/sample", "reader"),
            Map.entry("POST /api/mappings/{side}/{kind}/try", "reader"),
            Map.entry("POST /api/mappings/{side}/{kind}/review", "operator"),
            Map.entry("GET /api/find", "viewer"),
            Map.entry("GET /api/find/permalinks.csv", "viewer"),
            Map.entry("POST /dead-letters/{id}/text", "reader"),
            Map.entry("POST /dead-letters/{id}/try", "reader"),
            Map.entry("GET /report", "viewer"),
            Map.entry("GET /report/page", "viewer"),
            Map.entry("GET /report/{table}.csv", "viewer"),
            Map.entry("GET /history", "viewer"),
            Map.entry("GET /users", "admin"),
            Map.entry("GET /api/run", "viewer"),
            Map.entry("POST /api/run", "operator"),
            Map.entry("POST /api/run/stop", "operator"),
            Map.entry("POST /api/run/pause", "operator"),
            Map.entry("POST /api/run/resume", "operator"),
            Map.entry("POST /api/run/verification", "operator"),
            Map.entry("GET /lanes", "viewer"),
            Map.entry("GET /findings", "viewer"),
            Map.entry("GET /api/run/series", "viewer"),
            Map.entry("GET /api/run/lanes", "viewer"),
            Map.entry("GET /api/findings", "viewer"),
            Map.entry("GET /api/check", "viewer"),
            Map.entry("POST /api/check", "operator"),
            Map.entry("GET /api/probe", "viewer"),
            Map.entry("POST /api/probe", "operator"),
            Map.entry("GET /api/history", "viewer"),
            Map.entry("GET /api/dead-letters", "viewer"),
            Map.entry("GET /api/dead-letters/causes", "viewer"),
            Map.entry("GET /api/dead-letters/groups", "viewer"),
            Map.entry("GET /people", "viewer"),
            Map.entry("GET /api/people", "viewer"),
            Map.entry("PUT /api/people", "operator"),
            Map.entry("POST /api/people/draft", "operator"),
            Map.entry("POST /api/people/signature", "approver"),
            Map.entry("POST /api/corrections/export", "reader"),
            Map.entry("POST /api/corrections", "operator"),
            Map.entry("GET /api/maps/users", "viewer"),
            Map.entry("POST /api/maps/users", "operator"),
            Map.entry("GET /api/dead-letters/{id}", "viewer"),
            Map.entry("POST /api/dead-letters/{id}/record", "reader"),
            Map.entry("PUT /api/dead-letters/{id}/record", "operator"),
            Map.entry("POST /api/dead-letters/{id}/try", "reader"),
            Map.entry("POST /api/dead-letters/lines/download", "reader"),
            Map.entry("POST /api/dead-letters/lines", "operator"),
            Map.entry("POST /api/dead-letters/replay", "operator"),
            Map.entry("POST /api/dead-letters/waive", "operator"),
            Map.entry("POST /api/report", "operator"),
            Map.entry("GET /notices", "viewer"),
            Map.entry("GET /api/notices", "viewer"),
            Map.entry("POST /api/notices/test", "operator"),
            Map.entry("GET /api/notices/staff/{moment}", "viewer"),
            Map.entry("POST /api/notices/figures", "operator"),
            Map.entry("GET /api/approvals", "viewer"),
            Map.entry("POST /api/approvals", "approver"),
            Map.entry("GET /api/rollback", "viewer"),
            Map.entry("POST /api/rollback", "approver"),
            Map.entry("POST /api/rollback/dry-run", "operator"),
            Map.entry("GET /api/users", "admin"),
            Map.entry("PUT /api/users", "admin"),
            Map.entry("DELETE /api/users/{name}", "admin"));

    @TempDir
    static Path folder;

    private static ConsoleService service;
    private static String oneTimePassword;
    private static Visitor admin;

    @BeforeAll
    static void start() {
        ExportZip.sound()
                .with(
                        "channels.json",
                        "[{\"id\": \"C1\", \"name\": \"%s\", \"created\": 1709000000, \"creator\": \"U1\", \"members\": [\"U1\"]}]"
                                .formatted(SCRIPT))
                .without("general/2024-03-04.json")
                .with(
                        SCRIPT + "/2024-03-04.json",
                        """
                        [{"type": "message", "user": "U1", "ts": "1709539200.000100", "text": "%1$s"},
                         {"type": "message", "user": "U1", "ts": "never %1$s", "text": "%1$s </textarea>"}]"""
                                .formatted(SCRIPT))
                .write(folder.resolve("export.zip"));
        service = ConsoleService.start(PackagedApp.demo(folder).with("caravan.source.path", "export.zip"));
        oneTimePassword = service.oneTimePassword();
        admin = service.administrator();
        assertThat(admin.post("/api/run", "").statusCode()).isEqualTo(202);
        awaitWork();
    }

    @AfterAll
    static void end() {
        service.close();
    }

    private static void awaitWork() {
        ConsoleService.within()
                .until(() -> !admin.json("/api/run").path("state").asText().equals("running"));
    }

    @Test
    void theListOfEndpointsIsComplete() throws IOException {
        var told = new TreeSet<String>();
        var openapi = JSON.readTree(
                admin.send(admin.request("/api/openapi?format=json")).body());
        openapi.path("paths").fields().forEachRemaining(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> told.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(told).isEqualTo(new TreeSet<>(ENDPOINTS.keySet()));
    }

    @Test
    void whoIsNotSignedInGetsNothing() {
        var stranger = new Visitor(service);
        wanting(SIGNED_IN, ROLES).filter(one -> !one.equals("POST /logout")).forEach(endpoint -> {
            assertThat(call(stranger, endpoint)).as(endpoint).isEqualTo(401);
            assertThat(stranger.page(path(endpoint)).statusCode()).as(endpoint).isEqualTo(302);
        });
        assertThat(Stream.of("/q/health", "/q/openapi", "/api/openapi", "/q/dev", "/nothing", "/webjars/x.js")
                        .map(path -> stranger.get(path).statusCode()))
                .containsOnly(401);
        assertThat(stranger.get("/health/ready").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void whoeverLacksTheRoleIsRefused() {
        Map<String, Visitor> allBut = new HashMap<>();
        for (var role : ROLES) {
            var others = ROLES.stream().filter(one -> !one.equals(role)).toList();
            allBut.put(role, user("not-" + role, others));
        }
        ENDPOINTS.forEach((endpoint, role) -> {
            if (ROLES.contains(role)) {
                assertThat(call(allBut.get(role), endpoint)).as(endpoint).isEqualTo(403);
            }
        });
        assertThat(allBut.get("viewer").page("/").body()).contains("Not allowed");
    }

    @Test
    void aChangeWithoutTheTokenOfItsPageIsRefused() {
        ENDPOINTS.keySet().stream()
                .filter(endpoint -> !endpoint.startsWith("GET ") && !endpoint.equals("POST /login"))
                .forEach(endpoint -> {
                    var answer = admin.changeWithoutToken(method(endpoint), path(endpoint), "{}");
                    assertThat(answer.statusCode()).as(endpoint).isEqualTo(403);
                    assertThat(answer.body()).as(endpoint).contains("CRV-583");
                });
        assertThat(admin.page("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aPageOfAnotherSiteIsRefusedEvenBeforeSigningIn() {
        var stranger = new Visitor(service);
        for (var foreign : Map.of("Origin", "http://elsewhere.example", "Sec-Fetch-Site", "cross-site")
                .entrySet()) {
            assertThat(stranger.send(stranger.request("/login")
                                    .header(foreign.getKey(), foreign.getValue())
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString("name=a&password=b")))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void theOneTimePasswordServesForOneSignInAndNothingButAnOwnPassword() throws IOException {
        assertThat(new Visitor(service).signIn("admin", oneTimePassword).statusCode())
                .isEqualTo(401);
        assertThat(service.passwordFile()).doesNotExist();

        var given = given("newcomer", List.of("viewer", "admin"));
        var newcomer = new Visitor(service);
        newcomer.signIn("newcomer", given);
        assertThat(newcomer.get("/api/run").statusCode()).isEqualTo(403);
        assertThat(newcomer.page("/").headers().firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).endsWith("/password"));
        assertThat(new Visitor(service).signIn("newcomer", given).statusCode()).isEqualTo(401);
        assertThat(newcomer.choosePassword("short").body()).contains("CRV-582");
        assertThat(newcomer.choosePassword("long enough for all").statusCode()).isEqualTo(204);
        assertThat(newcomer.get("/api/run").statusCode()).isEqualTo(200);
    }

    @Test
    void aScriptSignsInByNameAndPassword() {
        var script = new Visitor(service);
        assertThat(basic(script, ConsoleService.PASSWORD)).isEqualTo(200);
        assertThat(basic(script, "wrong")).isEqualTo(401);
    }

    private static int basic(Visitor script, String password) {
        return script.send(script.request("/api/run").header("Authorization", Visitor.basic("admin", password)))
                .statusCode();
    }

    @Test
    void signingOutEndsTheSession() {
        var visitor = user("leaves", List.of("viewer"));
        assertThat(visitor.get("/api/run").statusCode()).isEqualTo(200);
        visitor.post("/logout", "");
        assertThat(visitor.get("/api/run").statusCode()).isEqualTo(401);
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
    void manyLettersAreMendedInAFileAndWaivedWithAReason() throws IOException {
        var line = (ObjectNode) JSON.readTree(admin.post("/api/dead-letters/lines/download", "{\"reason\":\"repair\"}")
                .body());
        line.put("record", line.path("record").asText().replaceFirst("never [^\"]*", "soon"));
        var uploaded = JSON.readTree(
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
        awaitWork();
        assertThat(admin.json("/api/check").path("check").path("result").path("kinds"))
                .isNotEmpty();
        assertThat(admin.page("/").body()).contains("Will become dead letters");
        assertThat(admin.post("/api/probe", "").statusCode()).isEqualTo(202);
        awaitWork();
        assertThat(admin.json("/api/run").path("problem").path("code").asText()).isEqualTo("CRV-241");
    }

    @Test
    void aPauseHoldsUntilItIsResumed() throws IOException {
        var paused = JSON.readTree(
                admin.post("/api/run/pause", "{\"reason\":\"lunch\"}").body());
        assertThat(paused.path("halted").asText()).contains("admin").contains("lunch");
        assertThat(admin.page("/").body()).contains("lunch");
        assertThat(JSON.readTree(admin.post("/api/run/resume", "").body())
                        .path("halted")
                        .isNull())
                .isTrue();
    }

    @Test
    void nobodyTakesAwayTheOwnAdministration() {
        assertThat(admin.post("/api/users", "{}").statusCode()).isEqualTo(405);
        assertThat(admin.change("PUT", "/api/users", "{\"name\":\"admin\",\"roles\":[\"viewer\"]}")
                        .body())
                .contains("CRV-594");
        assertThat(admin.change("DELETE", "/api/users/admin", "").body()).contains("CRV-594");
    }

    @Test
    void aLostPasswordIsReplacedByTheOneWhoStartsTheService(@TempDir Path other) throws IOException {
        try (var first = ConsoleService.start(PackagedApp.demo(other))) {
            assertThat(Files.getPosixFilePermissions(first.passwordFile()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            first.administrator();
        }
        try (var second = ConsoleService.start(PackagedApp.demo(other))) {
            assertThat(second.passwordFile()).doesNotExist();
            assertThat(new Visitor(second)
                            .signIn("admin", ConsoleService.PASSWORD)
                            .statusCode())
                    .isEqualTo(303);
        }
        try (var third = ConsoleService.start(PackagedApp.demo(other), "--reset-admin")) {
            assertThat(new Visitor(third)
                            .signIn("admin", ConsoleService.PASSWORD)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(third.administrator().get("/api/run").statusCode()).isEqualTo(200);
        }
    }

    private static Stream<String> wanting(String one, List<String> roles) {
        return ENDPOINTS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(one) || roles.contains(entry.getValue()))
                .map(Map.Entry::getKey);
    }

    private static int call(Visitor visitor, String endpoint) {
        return method(endpoint).equals("GET")
                ? visitor.get(path(endpoint)).statusCode()
                : visitor.change(method(endpoint), path(endpoint), "{}").statusCode();
    }

    private static String method(String endpoint) {
        return endpoint.substring(0, endpoint.indexOf(' '));
    }

    private static String path(String endpoint) {
        return endpoint.substring(endpoint.indexOf(' ') + 1)
                .replace("{part}", "account")
                .replace("{moment}", "after")
                .replace("{table}", "findings")
                .replace("{id}", "1")
                .replace("{side}", "from")
                .replace("{kind}", "message")
                .replace("{name}", "nobody");
    }

    private static String given(String name, List<String> roles) throws IOException {
        var list = roles.stream().map(role -> '"' + role + '"').collect(Collectors.joining(","));
        return JSON.readTree(admin.change("PUT", "/api/users", "{\"name\":\"%s\",\"roles\":[%s]}".formatted(name, list))
                        .body())
                .path("password")
                .asText();
    }

    private static Visitor user(String name, List<String> roles) {
        try {
            var visitor = new Visitor(service);
            visitor.signIn(name, given(name, roles));
            assertThat(visitor.choosePassword("a password of " + name).statusCode())
                    .isEqualTo(204);
            return visitor;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
