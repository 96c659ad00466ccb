package dev.caravan.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real homeserver for tests: Synapse with SQLite on a free loopback port, with Caravan registered as application
 * service, set up by the same script that people use ({@code bench/synapse}). It is installed once, below {@code target}.
 */
public final class Synapse implements AutoCloseable {

    public static final String TOKEN = "as-token-of-a-test";
    public static final String SERVER = "localhost";

    private static final Path SCRIPT = Path.of("bench", "synapse").toAbsolutePath();
    private static final Path VENV = Path.of("target", "synapse-venv").toAbsolutePath();
    private static final Duration INSTALL = Duration.ofMinutes(10);
    private static final Duration START = Duration.ofMinutes(2);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private Process process;

    private Synapse(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Skips the test where Python is absent; under CI that is a failure. */
    public static synchronized Synapse start(Path folder) {
        if (!hasPython()) {
            assertThat(System.getenv("CI"))
                    .as("python3 with venv, without which Matrix is not tested")
                    .isNotEqualTo("true");
            Assumptions.abort("python3 with venv is absent: Matrix is not tested");
        }
        var synapse = new Synapse(folder, freePort());
        synapse.script(INSTALL, "prepare", folder.toString(), Integer.toString(synapse.port));
        synapse.run();
        return synapse;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What a migration onto it is told, in the operator's spelling. */
    Map<String, String> sinkSettings(String prefix) {
        return Map.of(
                "caravan.sink.kind", "matrix",
                "caravan.sink.url", url(),
                "caravan.sink.server-name", SERVER,
                "caravan.sink.as-token", TOKEN,
                "caravan.sink.user-prefix", prefix);
    }

    /** Ends it at once, as a power cut of the process would, and starts it again on the same data. */
    public void restart() {
        kill();
        run();
    }

    /** Ends it at once. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it after {@link #kill}, and waits until it answers. */
    public void run() {
        try {
            process = builder("run", folder.toString()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("Synapse answers")
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .failFast("Synapse ended", () -> !process.isAlive())
                .until(this::answers);
    }

    /** Makes an ordinary account. @return its access token */
    public String member(String name) {
        script(START, "member", folder.toString(), name);
        var login = json.createObjectNode().put("type", "m.login.password").put("password", name + "-password");
        login.putObject("identifier").put("type", "m.id.user").put("user", name);
        return ask("POST", "/login", login, null).path("access_token").asText();
    }

    /** @param token of a member, or null for the application service */
    public JsonNode get(String path, String token) {
        return ask("GET", path, null, token);
    }

    public JsonNode post(String path, JsonNode body, String token) {
        return ask("POST", path, body, token);
    }

    public JsonNode put(String path, JsonNode body, String token) {
        return ask("PUT", path, body, token);
    }

    public static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    /** @return id of the room with this alias's localpart */
    public String room(String alias) {
        return get("/directory/room/" + encoded("#" + alias + ":" + SERVER), null)
                .path("room_id")
                .asText();
    }

    @Override
    public void close() {
        kill();
    }

    /** @return bytes of a file, as a member gets them */
    public byte[] download(String mxc, String token) {
        return bytes(request("/_matrix/client/v1/media/download/" + mxc.substring("mxc://".length()), token)
                .build());
    }

    /** @return the {@code mxc:} address */
    public String upload(byte[] file) {
        var request = request("/_matrix/media/v3/upload", null).POST(HttpRequest.BodyPublishers.ofByteArray(file));
        return tree(bytes(request.build())).path("content_uri").asText();
    }

    private JsonNode ask(String method, String path, JsonNode body, String token) {
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString());
        return tree(bytes(request("/_matrix/client/v3" + path, token)
                .method(method, publisher)
                .build()));
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + (token == null ? TOKEN : token));
    }

    private JsonNode tree(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean answers() {
        try {
            return get("/account/whoami", null).has("user_id");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private void script(Duration most, String... arguments) {
        try {
            var script = builder(arguments).start();
            if (!script.waitFor(most.toSeconds(), TimeUnit.SECONDS)) {
                script.descendants().forEach(ProcessHandle::destroyForcibly);
                script.destroyForcibly();
                throw new IllegalStateException("bench/synapse " + arguments[0] + " takes longer than " + most);
            }
            assertThat(script.exitValue())
                    .as("bench/synapse %s, see %s", arguments[0], folder.resolve("script.log"))
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder builder(String... arguments) throws IOException {
        Files.createDirectories(folder);
        var command = new ArrayList<String>();
        command.add(SCRIPT.toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("script.log").toFile()));
        builder.environment().put("SYNAPSE_VENV", VENV.toString());
        return builder;
    }

    private static boolean hasPython() {
        try {
            return new ProcessBuilder("python3", "-c", "import venv, ensurepip")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
