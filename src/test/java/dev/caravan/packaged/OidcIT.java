package dev.caravan.packaged;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Signing in by an OpenID Connect provider at the packaged application. */
@Tag("long")
class OidcIT {

    private static final String ANN = "oidc:ann";

    @TempDir
    static Path folder;

    private static OidcProviderProcess provider;
    private static ConsoleService service;

    @BeforeAll
    static void start() {
        provider = new OidcProviderProcess();
        service = ConsoleService.start(withOidc(PackagedApp.demo(folder)));
    }

    private static PackagedApp withOidc(PackagedApp app) {
        return app.with("caravan.oidc.url", provider.url())
                .environment("CARAVAN_OIDC_CLIENT_SECRET", OidcProvider.SECRET)
                .with("caravan.oidc.roles-claim", "realm_access/roles")
                .with("caravan.oidc.roles.viewer", "staff,ops")
                .with("caravan.oidc.roles.operator", "ops");
    }

    @AfterAll
    static void end() {
        service.close();
        provider.close();
    }

    @BeforeEach
    void honest() {
        provider.person("ann", "staff,ops", "");
    }

    @Test
    void whoseGroupsGiveRolesHasThoseAndNoOthers() {
        var ann = new Visitor(service);
        assertThat(ann.signInElsewhere().statusCode()).isEqualTo(200);

        assertThat(ann.page("/").body()).contains(ANN);
        assertThat(ann.post("/api/run/pause", "{}").statusCode()).isEqualTo(200);
        assertThat(ann.post("/api/run/resume", "").statusCode()).isEqualTo(200);
        assertThat(ann.get("/api/users").statusCode()).isEqualTo(403);
        assertThat(ann.json("/api/history").toString()).contains(ANN, "sign-in", "operator, viewer", "pause");
        assertThat(ann.post("/api/password", "{\"password\":\"a very long one\",\"again\":\"a very long one\"}")
                        .body())
                .contains("CRV-706");
    }

    /** A browser keeps the session's cookie back from whatever another site began. */
    @Test
    void aBrowserComesBackSignedIn() {
        try (var browser = ConsoleBrowser.open(service)) {
            var page = browser.page;
            page.navigate("/login");
            page.locator("a[href='/login/oidc']").click();
            page.waitForURL(service.uri("/").toString());

            assertThat(page.locator("header").textContent()).contains(ANN);
            page.reload();
            assertThat(page.locator("header").textContent()).contains(ANN);
        }
    }

    @Test
    void aChangeWithoutTheTokenOfItsPageIsRefused() {
        var ann = new Visitor(service);
        ann.signInElsewhere();

        var answer = ann.changeWithoutToken("POST", "/api/run/pause", "{}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("CRV-583");
    }

    @Test
    void nothingButTheSessionOfTheConsoleOpensAnything() {
        var ann = new Visitor(service);
        ann.signInElsewhere();
        assertThat(ann.cookies()).contains("caravan_session").noneMatch(name -> name.startsWith("q_session"));

        ann.forget("caravan_session");
        assertThat(ann.get("/api/run").statusCode()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSession() {
        var ann = new Visitor(service);
        ann.signInElsewhere();
        ann.post("/logout", "");

        assertThat(ann.get("/api/run").statusCode()).isEqualTo(401);
    }

    @Test
    void whoseGroupsGiveNoRoleIsRefusedInWords() {
        provider.person("bob", "admin", "");
        var bob = new Visitor(service);

        var answer = bob.signInElsewhere();
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("CRV-703", "oidc:bob");
        assertThat(bob.get("/api/run").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature", "nonce", "audience", "issuer", "expired", "denied"})
    void whomNoGoodTokenVouchesForIsNotSignedIn(String lie) {
        provider.person("ann", "staff,ops", lie);
        var ann = new Visitor(service);

        assertThat(ann.signInElsewhere().statusCode()).isNotEqualTo(200);
        assertThat(ann.get("/api/run").statusCode()).isEqualTo(401);
        assertThat(ann.cookies()).doesNotContain("caravan_session");
    }

    /** Nobody is signed in as whoever the code was given to. */
    @Test
    void whoComesBackWithoutHavingGoneIsSentToTheProvider() {
        var victim = new Visitor(service);

        var answer = victim.page("/login/oidc?code=stolen&state=stolen");
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).startsWith(provider.url() + "/authorize"));
        assertThat(victim.cookies()).doesNotContain("caravan_session");
        assertThat(victim.get("/api/run").statusCode()).isEqualTo(401);
    }

    @Test
    void localUsersSignInBesideThem() {
        assertThat(new Visitor(service).page("/login").body()).contains("/login/oidc", "name=\"password\"");
        var admin = service.administrator();
        assertThat(admin.get("/api/users").statusCode()).isEqualTo(200);
    }

    @Test
    void localUsersCanBeSwitchedOff(@TempDir Path other) {
        try (var only =
                ConsoleService.start(withOidc(PackagedApp.demo(other)).with("caravan.console.local-users", "false"))) {
            assertThat(only.passwordFile()).doesNotExist();
            assertThat(new Visitor(only).page("/login").body())
                    .contains("/login/oidc")
                    .doesNotContain("password");
            var local = new Visitor(only);
            assertThat(local.signIn("admin", "any password").statusCode()).isEqualTo(401);
            var ann = new Visitor(only);
            assertThat(ann.signInElsewhere().statusCode()).isEqualTo(200);
            assertThat(ann.get("/api/run").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void settingsWithWhichNobodyCouldSignInAreRefused(@TempDir Path other) {
        var nobody = PackagedApp.demo(other)
                .with("caravan.console.local-users", "false")
                .with("caravan.serve.management-port", "0")
                .run("serve", "--port", "0");
        assertThat(nobody.status()).isEqualTo(3);
        assertThat(nobody.err()).contains("CRV-705").doesNotContain("\tat ");

        var mistaken = PackagedApp.demo(other)
                .with("caravan.oidc.roles.boss", "staff")
                .with("caravan.serve.management-port", "0")
                .run("serve", "--port", "0");
        assertThat(mistaken.err()).contains("CRV-704", "caravan.oidc.roles.boss");
    }
}
