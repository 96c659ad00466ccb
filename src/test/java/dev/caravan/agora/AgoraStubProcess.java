package dev.caravan.agora;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** {@link AgoraStub} in a process of its own, from start to close. It ends with the process that started it. */
public final class AgoraStubProcess implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Process process;
    private final int port;

    public AgoraStubProcess() {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            // else each answer waits for the delayed acknowledgement of its head
                            "-Dsun.net.httpserver.nodelay=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            AgoraStub.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            port = Integer.parseInt(out.readLine().trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the console calls the REST address: {@code http://host/org/app}. */
    public String url() {
        return "http://127.0.0.1:" + port + AgoraStub.BASE;
    }

    /**
     * What a migration onto it is told, in the operator's spelling. At a rate without a limit: the message history is listed
     * before the first run, hour by hour.
     */
    public Map<String, String> sinkSettings() {
        return Map.of(
                "caravan.sink.kind", "agora-chat",
                "caravan.sink.rest-url", url(),
                "caravan.sink.app-id", AgoraStub.APP_ID,
                "caravan.sink.app-certificate", AgoraStub.CERTIFICATE,
                "caravan.sink.group-owner", "caravan",
                "caravan.sink.group-history", "shift",
                "caravan.sink.import-rate", "100000",
                "caravan.sink.history-rate", "60000",
                "caravan.sink.rate-share", "1");
    }

    public int port() {
        return port;
    }

    /** As the shell's kill does: STOP, and it takes connections but answers nothing; CONT, and it goes on. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything it holds and has counted. */
    public JsonNode state() {
        return control("state", "");
    }

    public void reset() {
        control("reset", "");
    }

    /** @param settings as JSON with single quotes */
    public void settings(String settings) {
        control("settings", settings.replace('\'', '"'));
    }

    /** Nobody is asked to slow down any more. */
    public void unlimited() {
        settings(
                "{'rates':{'users':100000,'chatgroups':100000,'import-users':100000,'import-groups':100000,'export':100000}}");
    }

    /** @param faults an array of scripts, as JSON with single quotes */
    public void faults(String faults) {
        control("faults", faults.replace('\'', '"'));
    }

    /** @param plants an array of {@link StubPlants what to change}, as JSON with single quotes */
    public void plant(String plants) {
        control("plants", plants.replace('\'', '"'));
    }

    /** Every token handed out is worth nothing any more. */
    public void expireTokens() {
        control("expire", "");
    }

    /**
     * What somebody else does on the server.
     *
     * @param body as JSON with single quotes
     */
    public void change(String method, String path, String body) {
        control(
                "change",
                "{\"method\":\"" + method + "\",\"path\":\"" + path + "\",\"body\":" + body.replace('\'', '"') + "}");
    }

    private JsonNode control(String what, String body) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/control/" + what))
                    .timeout(Duration.ofSeconds(10))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return json.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
