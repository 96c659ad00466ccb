package dev.caravan.fakechat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A {@link FakeChat} of a test, and the back door through which the test breaks it and looks into it. */
public final class FakeChatProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Path folder;
    private final String[] settings;
    private final Process process;
    private final int port;

    /** @param folder what it held before it holds again */
    public static FakeChatProcess start(Path folder, String... settings) {
        return new FakeChatProcess(folder, 0, settings);
    }

    private FakeChatProcess(Path folder, int wantedPort, String... settings) {
        this.folder = folder;
        this.settings = settings;
        try {
            process = new ProcessBuilder(line(folder, wantedPort, settings))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            port = Integer.parseInt(firstLine(process.inputReader()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> line(Path folder, int port, String... settings) {
        var classPath = Stream.of(FakeChat.class, ObjectMapper.class, JsonFactory.class, JsonProperty.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath,
                FakeChat.class.getName(),
                folder.toString(),
                Integer.toString(port)));
        line.addAll(Arrays.asList(settings));
        return line;
    }

    private static String firstLine(BufferedReader out) throws IOException {
        var line = out.readLine();
        if (line == null) {
            throw new IOException("the chat ended before it said its port");
        }
        return line;
    }

    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** At once, as kill -9 does. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Kills it, if it lives, and starts another on the same folder and port. */
    public FakeChatProcess again() {
        kill();
        return new FakeChatProcess(folder, port, settings);
    }

    /** Stops it as kill -STOP does: connections are still taken by the system, nobody answers. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void faults(Fault... faults) {
        expect(200, ask("POST", "/control/faults", JSON.valueToTree(faults)));
    }

    /** Scripts in JSON, one or an array. */
    public void faults(String scripts) {
        expect(200, ask("POST", "/control/faults", tree(scripts)));
    }

    public void clearFaults() {
        expect(200, ask("DELETE", "/control/faults", null));
    }

    /** As a person would. @param message one of {@link #all} */
    void edit(JsonNode message, String text) {
        var edited = ((ObjectNode) message.deepCopy()).put("text", text);
        expect(200, ask("PUT", "/messages/" + message.path("id").asText(), edited));
    }

    public JsonNode statistics() {
        return tree(expect(200, ask("GET", "/control/stats", null)));
    }

    /** How often a script broke a request. */
    public long fired(String fault) {
        return ofFault(fault, "fired");
    }

    /** How many objects were taken before a script broke its first request. */
    public long acceptedBefore(String fault) {
        return ofFault(fault, "acceptedBefore");
    }

    private long ofFault(String fault, String what) {
        for (var script : statistics().path("faults")) {
            if (script.path("id").asText().equals(fault)) {
                return script.path(what).asLong();
            }
        }
        throw new IllegalArgumentException("no script " + fault);
    }

    /** Everything of a kind ({@code messages}), in the order of arrival; for a chat without a secret. */
    public List<JsonNode> all(String kind) {
        var all = new ArrayList<JsonNode>();
        for (var after = ""; after != null; ) {
            var page = tree(expect(200, ask("GET", "/" + kind + "?limit=1000" + after, null)));
            page.path("items").forEach(all::add);
            after = page.has("next")
                    ? "&after=" + URLEncoder.encode(page.path("next").asText(), StandardCharsets.UTF_8)
                    : null;
        }
        return all;
    }

    /** Source ids of the messages by source id of their channel, in the order of arrival. */
    public Map<String, List<String>> held() {
        var channels = new HashMap<String, String>();
        for (var channel : all("channels")) {
            channels.putIfAbsent(
                    channel.path("id").asText(), channel.path("source").asText());
            channels.putIfAbsent(
                    channel.path("name").asText(), channel.path("source").asText());
        }
        var held = new TreeMap<String, List<String>>();
        for (var message : all("messages")) {
            held.computeIfAbsent(channels.get(message.path("channel").asText()), c -> new ArrayList<>())
                    .add(message.path("source").asText());
        }
        return held;
    }

    /** Any request, with its answer as it is. */
    HttpResponse<String> ask(String method, String path, JsonNode body) {
        var request = HttpRequest.newBuilder(uri().resolve(path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer + " " + answer.body());
        }
        return answer.body();
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
