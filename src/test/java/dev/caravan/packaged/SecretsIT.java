package dev.caravan.packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Secrets of a sink: where they may come from, and that they never come out. */
@Tag("long")
class SecretsIT {

    private static final String SECRET = "tobleroneschatz-4711";
    private static final String KEY = "SMALLRYE_CONFIG_SECRET_HANDLER_AES_GCM_NOPADDING_ENCRYPTION_KEY";
    private static final String KEY_VALUE =
            Base64.getUrlEncoder().encodeToString("a key of thirty-two characters!!".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private PackagedApp toMatrix(EchoServer server) {
        Folders.copy(PackagedApp.PROJECT.resolve("routes"), folder.resolve("routes"));
        return again(server);
    }

    private PackagedApp again(EchoServer server) {
        return new PackagedApp(folder)
                .with("caravan.source.path", PackagedApp.SAMPLE.toString())
                .with("caravan.sink.kind", "matrix")
                .with("caravan.sink.url", server.url())
                .with("caravan.sink.server-name", "localhost")
                .with("caravan.delivery.give-up-after", "PT1S");
    }

    @Test
    void aSecretIsDecryptedFromTheFileOfSettings() throws IOException {
        try (var server = new EchoServer(401)) {
            var app = toMatrix(server).environment(KEY, KEY_VALUE);
            var encrypted = app.startedBy("sh", "-c", "printf '%s\\n' " + SECRET + " | \"$@\"", "sh")
                    .run("encrypt");
            assertThat(encrypted.status()).as(encrypted.err()).isZero();
            assertThat(encrypted.out()).startsWith("${aes-gcm-nopadding::").doesNotContain(SECRET);
            Files.writeString(folder.resolve("application.properties"), "caravan.sink.as-token=" + encrypted.out());

            var run = again(server).environment(KEY, KEY_VALUE).run("run");

            assertThat(run.err()).contains("CRV-454");
            assertThat(server.requests()).isNotEmpty().allMatch(request -> request.headers()
                    .contains(SECRET));

            var wrongKey = again(server)
                    .environment(
                            KEY, Base64.getUrlEncoder().encodeToString("another key".getBytes(StandardCharsets.UTF_8)))
                    .run("run");
            assertThat(wrongKey.err())
                    .contains("CRV-702", "caravan.sink.as-token")
                    .doesNotContain("\tat ");
            var noKey = again(server).run("run");
            assertThat(noKey.err()).contains("CRV-701", KEY).doesNotContain("\tat ");
        }
    }

    @Test
    void withoutAKeyNothingIsEncrypted() {
        var encrypted = new PackagedApp(folder).run("encrypt");

        assertThat(encrypted.out()).isEmpty();
        assertThat(encrypted.err()).contains("CRV-701", KEY);
    }

    @Test
    void aSecretIsReadFromAFileOfItsName() throws IOException {
        try (var server = new EchoServer(401)) {
            var secrets = Files.createDirectory(folder.resolve("secrets"));
            Files.writeString(secrets.resolve("caravan.sink.as-token"), SECRET + "\n");

            var run = toMatrix(server)
                    .environment("SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS", secrets.toString())
                    .run("run");

            assertThat(run.err()).contains("CRV-454");
            assertThat(server.requests()).isNotEmpty().allMatch(request -> request.headers()
                    .contains(SECRET));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 500})
    void theTokenOfMatrixComesOutNowhereWhateverTheServerAnswers(int status) {
        try (var server = new EchoServer(status)) {
            assertQuiet(toMatrix(server).environment("CARAVAN_SINK_AS_TOKEN", SECRET), SECRET);
            assertThat(server.requests()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 503})
    void theCertificateOfAgoraComesOutNowhereWhateverTheServerAnswers(int status) {
        var certificate = "5CFd2fd1755d40ecb72977518be15d3b";
        Folders.copy(PackagedApp.PROJECT.resolve("routes"), folder.resolve("routes"));
        try (var server = new EchoServer(status)) {
            var app = new PackagedApp(folder)
                    .with("caravan.source.path", PackagedApp.SAMPLE.toString())
                    .with("caravan.sink.kind", "agora-chat")
                    .with("caravan.sink.rest-url", server.url() + "/org/app")
                    .with("caravan.sink.app-id", "970CA35de60c44645bbae8a215061b33")
                    .with("caravan.sink.group-owner", "caravan")
                    .with("caravan.sink.group-history", "shift")
                    .with("caravan.sink.shift-accepted", "1000")
                    .with("caravan.delivery.give-up-after", "PT1S")
                    .environment("CARAVAN_SINK_APP_CERTIFICATE", certificate);
            assertQuiet(app, certificate);
            assertThat(server.requests()).isNotEmpty();
        }
    }

    @Test
    void thePasswordOfADatabaseComesOutNowhere() throws IOException {
        Folders.copy(PackagedApp.PROJECT.resolve("routes"), folder.resolve("routes"));
        try (var database = EmbeddedPostgres.start()) {
            var url = database.getJdbcUrl("postgres", "postgres");
            for (var target :
                    List.of(url, url.replaceFirst("/postgres\\?.*", "/nowhere"), "jdbc:postgresql://127.0.0.1:1/a")) {
                var app = new PackagedApp(folder)
                        .with("caravan.source.path", PackagedApp.SAMPLE.toString())
                        .with("caravan.sink.kind", "jdbc")
                        .with("caravan.sink.url", target)
                        .with("caravan.sink.user", "postgres")
                        .with("caravan.sink.create-tables", "true")
                        .with("caravan.delivery.give-up-after", "PT1S")
                        .environment("CARAVAN_SINK_PASSWORD", SECRET);
                assertQuiet(app, SECRET);
            }
        }
    }

    /** Runs, and tells whatever there is to tell; nothing of that, and nothing left behind, may hold the secret. */
    private void assertQuiet(PackagedApp app, String secret) {
        var said = new ArrayList<Map.Entry<String, String>>();
        for (var command : List.of(
                List.of("run", "--json"),
                List.of("dead-letters", "list", "--json"),
                List.of("report"),
                List.of("check", "--json"))) {
            var result = app.run(command.toArray(String[]::new));
            said.add(Map.entry(command + " out", result.out()));
            said.add(Map.entry(command + " err", result.err()));
        }
        assertThat(said)
                .allSatisfy(one -> assertThat(one.getValue()).as(one.getKey()).doesNotContain(secret));
        assertThat(said).as("the run told something").anyMatch(one -> !one.getValue()
                .isBlank());
        var left = Folders.contents(folder);
        assertThat(left.keySet()).contains("caravan-work/ledger.db");
        left.forEach((name, bytes) -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1).contains(secret))
                .as(name)
                .isFalse());
    }
}
