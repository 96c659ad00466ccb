import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Runs the packaged application from an export into a running Synapse, reads the events it left, and sends the same ones
 * into fresh rooms by a loop that does nothing else. Both by the clock, one after the other; making people and rooms and
 * reading back are not counted. Ends with 1 when the run is slower than 0.9 of the loop. Usage: {@code java
 * bench/MeasureMatrix.java folder port}; see {@code bench/matrix}.
 */
public class MeasureMatrix {
    private static final int AT_THE_SAME_TIME = 4;
    private static final double WANTED = 0.9;
    private static final String TOKEN = "as-token-of-a-test";
    private static final Pattern PHASE = Pattern.compile("phase (\\S+) after ms (\\d+)");
    private static final Pattern RUN = Pattern.compile("run of (\\d+) messages took ms (\\d+)");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String server;

    private record Event(String type, String id, String sender, long time, JsonNode content) {}

    private record Room(String id, List<Event> events) {}

    MeasureMatrix(int port) {
        server = "http://127.0.0.1:" + port;
    }

    public static void main(String[] args) throws Exception {
        var measure = new MeasureMatrix(Integer.parseInt(args[1]));
        measure.awaitServer();
        double run = measure.run(Path.of(args[0]));
        var rooms = new ArrayList<Room>();
        for (var room : measure.readers().entrySet()) {
            var events = measure.events(room.getKey(), room.getValue());
            if (!events.isEmpty()) {
                rooms.add(new Room(measure.freshRoom(events), events));
            }
        }
        long events = rooms.stream().mapToLong(room -> room.events().size()).sum();
        long began = System.nanoTime();
        measure.send(rooms);
        double bare = (System.nanoTime() - began) / 1e9;
        System.out.printf(Locale.ROOT, "bare loop: %d events in %.1f s = %.1f/s%n", events, bare, events / bare);
        System.out.printf(Locale.ROOT, "run, messages only: %.1f s = %.1f events/s%n", run, events / run);
        double ratio = bare / run;
        System.out.printf(
                Locale.ROOT,
                "run's rate over the loop's: %.3f, wanted %.1f: %s%n",
                ratio,
                WANTED,
                ratio >= WANTED ? "reached" : "MISSED");
        System.exit(ratio >= WANTED ? 0 : 1);
    }

    private void awaitServer() throws Exception {
        for (int attempt = 0; attempt < 600; attempt++) {
            try {
                ask("GET", "/account/whoami", null);
                return;
            } catch (ConnectException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("Synapse does not answer");
    }

    /** @return seconds of the phase of the messages */
    private double run(Path folder) throws Exception {
        Path log = folder.resolve("run.log");
        int status = new ProcessBuilder(
                        "java", "-Xmx512m",
                        "-Dquarkus.log.category.\"dev.caravan.migration.StepTimes\".level=DEBUG",
                        "-Dcaravan.threads=" + AT_THE_SAME_TIME,
                        "-Dcaravan.source.path=" + folder.resolve("export.zip"),
                        "-Dcaravan.sink.kind=matrix", "-Dcaravan.sink.url=" + server,
                        "-Dcaravan.sink.server-name=localhost", "-Dcaravan.sink.as-token=" + TOKEN,
                        "-Dcaravan.sink.requests-per-second=100000",
                        "-Dcaravan.work-dir=" + folder.resolve("work"),
                        "-jar", folder.resolve("app/quarkus-run.jar").toString(), "run", "--json")
                .directory(folder.toFile())
                .redirectError(log.toFile())
                .redirectOutput(folder.resolve("run.json").toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .start()
                .waitFor();
        var said = Files.readString(log);
        var phases = new HashMap<String, Long>();
        PHASE.matcher(said).results().forEach(phase -> phases.put(phase.group(1), Long.parseLong(phase.group(2))));
        if (status > 1 || !RUN.matcher(said).find() || !phases.containsKey("history")) {
            System.err.println(said);
            throw new IllegalStateException("the run failed with status " + status);
        }
        System.out.println(Files.readString(folder.resolve("run.json")).strip());
        long end = phases.getOrDefault("seal", phases.get("verification"));
        return (end - phases.get("history")) / 1e3;
    }

    /** By room, somebody in it: in direct conversations there are only its people. */
    private Map<String, String> readers() throws Exception {
        Map<String, String> readers = new TreeMap<>();
        var people = new TreeSet<String>();
        for (var room : ask("GET", "/joined_rooms", null).path("joined_rooms")) {
            ask("GET", "/rooms/" + encoded(room.asText()) + "/joined_members", null)
                    .path("joined")
                    .fieldNames()
                    .forEachRemaining(people::add);
        }
        for (var person : people) {
            for (var room : ask("GET", "/joined_rooms?user_id=" + encoded(person), null).path("joined_rooms")) {
                readers.put(room.asText(), person);
            }
        }
        return readers;
    }

    /** What was said and how people reacted to it, in the order of the room. */
    private List<Event> events(String room, String reader) throws Exception {
        var events = new ArrayList<Event>();
        String from = null;
        do {
            var page = ask(
                    "GET",
                    "/rooms/" + encoded(room) + "/messages?dir=f&limit=1000&user_id=" + encoded(reader)
                            + (from == null ? "" : "&from=" + from),
                    null);
            for (var event : page.path("chunk")) {
                var type = event.path("type").asText();
                if (type.equals("m.room.message") || type.equals("m.reaction")) {
                    events.add(new Event(
                            type,
                            event.path("event_id").asText(),
                            event.path("sender").asText(),
                            event.path("origin_server_ts").asLong(),
                            event.path("content")));
                }
            }
            from = page.path("end").asText(null);
        } while (from != null);
        return events;
    }

    /** A room with everybody in it who says something. */
    private String freshRoom(List<Event> events) throws Exception {
        var body = json.createObjectNode().put("preset", "public_chat");
        var room = ask("POST", "/createRoom", body).path("room_id").asText();
        var senders = new HashSet<String>();
        for (var event : events) {
            if (senders.add(event.sender())) {
                ask("POST", "/join/" + encoded(room) + "?user_id=" + encoded(event.sender()), json.createObjectNode());
            }
        }
        return room;
    }

    private void send(List<Room> rooms) throws InterruptedException {
        var waiting = new ConcurrentLinkedQueue<>(rooms);
        var failures = new ConcurrentLinkedQueue<Exception>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < AT_THE_SAME_TIME; i++) {
            var thread = new Thread(() -> {
                try {
                    for (var room = waiting.poll(); room != null; room = waiting.poll()) {
                        send(room);
                    }
                } catch (Exception failed) {
                    failures.add(failed);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (var thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.peek());
        }
    }

    private void send(Room room) throws Exception {
        Map<String, String> ids = new HashMap<>();
        for (var event : room.events()) {
            var content = event.content().toString();
            var about = event.content().at("/m.relates_to/event_id").asText();
            if (ids.containsKey(about)) {
                content = content.replace(about, ids.get(about));
            }
            var path = "/rooms/" + encoded(room.id()) + "/send/" + event.type() + "/" + encoded(event.id())
                    + "?user_id=" + encoded(event.sender()) + "&ts=" + event.time();
            ids.put(event.id(), answer("PUT", path, content).path("event_id").asText());
        }
    }

    private JsonNode ask(String method, String path, JsonNode body) throws Exception {
        return answer(method, path, body == null ? null : body.toString());
    }

    private JsonNode answer(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server + "/_matrix/client/v3" + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return json.readTree(answer.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
