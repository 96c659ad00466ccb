package dev.caravan.migration.verification;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A finished package, taken apart so that a test can spoil it. */
public final class SealedPackage {

    private static final String LINES = "import.jsonl";

    private final ObjectMapper json = new ObjectMapper();
    private final Path file;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<ObjectNode> lines = new ArrayList<>();

    public SealedPackage(Path file) throws IOException {
        this.file = file;
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        for (var line : new String(entries.get(LINES), StandardCharsets.UTF_8).split("\n")) {
            lines.add((ObjectNode) json.readTree(line));
        }
    }

    /** The post or reply of a source id. */
    public ObjectNode post(String id) {
        for (var line : lines) {
            var post = line.path("post");
            if (post.at("/props/caravan_id").asText().equals(id)) {
                return (ObjectNode) post;
            }
            for (var reply : post.path("replies")) {
                if (reply.at("/props/caravan_id").asText().equals(id)) {
                    return (ObjectNode) reply;
                }
            }
        }
        throw new IllegalArgumentException(id);
    }

    ObjectNode line(String type, String name) {
        return (ObjectNode) lines.stream()
                .filter(line -> line.path("type").asText().equals(type))
                .map(line -> line.path(type))
                .filter(object -> object.path("name")
                        .asText(object.path("username").asText())
                        .equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A line with its type. */
    public ObjectNode whole(String type, String name) {
        return lines.stream()
                .filter(line -> line.path(type).path("username").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    int index(String id) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).at("/post/props/caravan_id").asText().equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException(id);
    }

    public List<ObjectNode> lines() {
        return lines;
    }

    ArrayNode replies(String root) {
        return post(root).withArray("/replies");
    }

    void damage(String entryPart) {
        entries.forEach((name, bytes) -> {
            if (name.contains(entryPart)) {
                bytes[0] ^= 1;
            }
        });
    }

    public void write() throws IOException {
        var content = new ByteArrayOutputStream();
        for (var line : lines) {
            content.write(json.writeValueAsBytes(line));
            content.write('\n');
        }
        entries.put(LINES, content.toByteArray());
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }
}
