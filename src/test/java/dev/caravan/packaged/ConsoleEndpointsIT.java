package dev.caravan.packaged;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may call what at the console of the packaged application, by HTTP. */
class ConsoleEndpointsIT extends ConsoleAtWork {

    private static final String ANYBODY = "";
    private static final String SIGNED_IN = "**";
    private static final List<String> ROLES = List.of("viewer", "operator", "approver", "reader", "admin");

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

    @Test
    void theListOfEndpointsIsComplete() {
        var told = new TreeSet<String>();
        var openapi = Visitor.tree(
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
            allBut.put(role, admin.user("not-" + role, others));
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
}
