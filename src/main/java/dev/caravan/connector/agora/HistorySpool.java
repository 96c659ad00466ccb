package dev.caravan.connector.agora;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;
import dev.caravan.transport.TargetIds;

/**
 * The message history, which comes hour by hour, put apart by conversation in temporary files. Only what a migration brought
 * is kept. Conversations go by group id, or {@code direct/<user>,<user>}.
 */
final class HistorySpool implements AutoCloseable {

    private static final long MOST_BYTES = 128L * 1024 * 1024;
    private static final int MOST_HELD = 4 * 1024 * 1024;

    private final AgoraClient client;
    private final TargetIds ids;
    private final Set<String> used = new HashSet<>();
    private final Map<String, StringBuilder> held = new HashMap<>();
    private final TreeSet<String> conversations = new TreeSet<>();
    private int heldCharacters;
    private Path folder;

    /** @param ids tells when messages were sent last */
    HistorySpool(AgoraClient client, TargetIds ids) {
        this.client = client;
        this.ids = ids;
    }

    /**
     * Groups and people in whose messages, as far as the history goes, some are that nobody migrated.
     *
     * @throws NoHistory when there is none
     * @throws Problem when there may be one, but it cannot be had now
     */
    synchronized Set<String> usedByPeople() {
        fill();
        return Set.copyOf(used);
    }

    /** @throws Problem CRV-487 when there is no history */
    synchronized List<String> conversations() {
        fill();
        return List.copyOf(conversations);
    }

    /** The lines of one conversation, as they came. */
    synchronized Iterator<ObjectNode> lines(String conversation) {
        fill();
        if (!conversations.contains(conversation)) {
            return List.<ObjectNode>of().iterator();
        }
        return new SpooledLines(file(conversation));
    }

    private void fill() {
        if (folder != null) {
            return;
        }
        var addresses = new HistoryHours(client, ids).addresses();
        boolean whole = false;
        try {
            folder = Files.createTempDirectory("caravan-history");
            while (addresses.hasNext()) {
                take(addresses.next());
            }
            flush();
            whole = true;
        } catch (IOException | IllegalArgumentException broken) {
            throw new Problem(broken, "CRV-487", "gz");
        } finally {
            if (!whole) {
                // else half a history would be taken for all of it when it is asked for again
                close();
            }
        }
    }

    private void take(String address) throws IOException {
        byte[] bytes = client.download(URI.create(address), MOST_BYTES);
        if (bytes == null) {
            throw new IOException("not downloaded");
        }
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!(Json.readOrNull(line.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode object)) {
                    continue;
                }
                if (JoinedParts.isOurs(object)) {
                    keep(JoinedParts.conversation(object), line);
                } else {
                    used.add(object.path("from").asText());
                    used.add(object.path("to").asText());
                }
            }
        }
    }

    private void keep(String conversation, String line) throws IOException {
        conversations.add(conversation);
        held.computeIfAbsent(conversation, any -> new StringBuilder())
                .append(line)
                .append('\n');
        heldCharacters += line.length();
        if (heldCharacters > MOST_HELD) {
            flush();
        }
    }

    private void flush() throws IOException {
        for (var lines : held.entrySet()) {
            Files.writeString(
                    file(lines.getKey()), lines.getValue(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        held.clear();
        heldCharacters = 0;
    }

    private Path file(String conversation) {
        return folder.resolve(Sha256.hex(conversation, 40));
    }

    @Override
    public synchronized void close() {
        if (folder == null) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException leftForTheSystem) {
            folder.toFile().deleteOnExit();
        }
        folder = null;
        held.clear();
        heldCharacters = 0;
        conversations.clear();
        used.clear();
    }
}
