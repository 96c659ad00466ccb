package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Looks into packages of tests. */
final class Packages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Packages() {}

    /** What the target tells posts apart by, and where the post hangs: root's create_at, 0 on roots. */
    record Post(String place, long root, long at, String message) {}

    /** The objects of one type. */
    static List<JsonNode> lines(Path zip, String type) {
        try (var file = new ZipFile(zip.toFile())) {
            var text = file.getInputStream(file.getEntry("import.jsonl")).readAllBytes();
            var objects = new ArrayList<JsonNode>();
            for (String line : new String(text, StandardCharsets.UTF_8).split("\n")) {
                var tree = JSON.readTree(line);
                if (tree.path("type").asText().equals(type)) {
                    objects.add(tree.path(type));
                }
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> texts(Path zip, String type, String field) {
        return lines(zip, type).stream().map(line -> line.path(field).asText()).toList();
    }

    /** Posts and replies of channels and direct conversations. */
    static List<Post> posts(Path zip) {
        var posts = new ArrayList<Post>();
        for (var root : lines(zip, "post")) {
            add(posts, root.path("channel").asText(), root);
        }
        for (var root : lines(zip, "direct_post")) {
            add(posts, root.path("channel_members").toString(), root);
        }
        return posts;
    }

    private static void add(List<Post> posts, String place, JsonNode root) {
        long at = root.path("create_at").asLong();
        posts.add(new Post(place, 0, at, root.path("message").asText()));
        for (var reply : root.path("replies")) {
            posts.add(new Post(
                    place,
                    at,
                    reply.path("create_at").asLong(),
                    reply.path("message").asText()));
        }
    }
}
