package dev.caravan.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Passwords and sessions at the console of the packaged application, by HTTP. */
class ConsoleSignInIT {

    @TempDir
    static Path folder;

    private static ConsoleService service;
    private static String oneTimePassword;
    private static Visitor admin;

    @BeforeAll
    static void start() {
        service = ConsoleService.start(PackagedApp.demo(folder));
        oneTimePassword = service.oneTimePassword();
        admin = service.administrator();
    }

    @AfterAll
    static void end() {
        service.close();
    }

    @Test
    void theOneTimePasswordServesForOneSignInAndNothingButAnOwnPassword() {
        assertThat(new Visitor(service).signIn("admin", oneTimePassword).statusCode())
                .isEqualTo(401);
        assertThat(service.passwordFile()).doesNotExist();

        var given = admin.register("newcomer", List.of("viewer", "admin"));
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
        var visitor = admin.user("leaves", List.of("viewer"));
        assertThat(visitor.get("/api/run").statusCode()).isEqualTo(200);
        visitor.post("/logout", "");
        assertThat(visitor.get("/api/run").statusCode()).isEqualTo(401);
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
}
