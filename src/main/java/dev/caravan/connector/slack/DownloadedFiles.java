package dev.caravan.connector.slack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;

/**
 * A folder of files somebody downloaded: {@code <file id>/<name>}, {@code <file id>}, or slackdump's
 * {@code __uploads/<file id>/<name>}. Ids come from the export, so only those that cannot lead out of the folder are looked up,
 * and links are not followed.
 */
final class DownloadedFiles {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern SAFE_EMOJI = Pattern.compile("[\\p{L}\\p{N}_+'&-]{1,100}");
    private static final List<String> PLACES = List.of("", "__uploads/");

    /** Null when no folder was given. */
    private final Path folder;

    DownloadedFiles(Path folder) {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new Problem("CRV-123", folder);
        }
        this.folder = folder;
    }

    /** Path (within the folder), size and SHA-256 per file id, of those files of a message that are there; null when none is. */
    ObjectNode of(JsonNode message) {
        if (folder == null) {
            return null;
        }
        var found = JsonNodeFactory.instance.objectNode();
        message.path("files").forEach(file -> add(file, found));
        add(message.path("file"), found);
        return found.isEmpty() ? null : found;
    }

    private void add(JsonNode file, ObjectNode found) {
        var id = file.path("id").asText("");
        if (SAFE.matcher(id).matches() && !found.has(id)) {
            var path = find(id, file.path("name").asText(""));
            if (path != null) {
                var there = found.putObject(id)
                        .put("path", folder.relativize(path).toString().replace('\\', '/'))
                        .put("size", size(path))
                        .put("sha256", sha256(path));
                if (WebPage.insteadOf(file.path("mimetype").asText(""), path)) {
                    there.put("webPage", true);
                }
            }
        }
    }

    private Path find(String id, String name) {
        for (var place : PLACES) {
            var path = folder.resolve(place + id);
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                return path;
            }
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return inside(path, name);
            }
        }
        return null;
    }

    /** The file of this name, else the only one: downloaders change names their file system does not like. */
    private static Path inside(Path directory, String name) {
        try (var listed = Files.list(directory)) {
            var files = listed.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                    .toList();
            return files.stream()
                    .filter(f -> f.getFileName().toString().equals(name))
                    .findFirst()
                    .orElse(files.size() == 1 ? files.get(0) : null);
        } catch (IOException e) {
            throw new Problem(e, "CRV-115", directory);
        }
    }

    /** The picture of a custom emoji: {@code emojis/<name>.<ending>} (slackdump) or {@code emoji/...}; null when absent. */
    String emoji(String name) {
        if (folder == null || !SAFE_EMOJI.matcher(name).matches()) {
            return null;
        }
        for (var place : List.of("emoji", "emojis")) {
            for (var ending : List.of("png", "gif", "jpg", "jpeg", "webp")) {
                var path = place + "/" + name + "." + ending;
                if (Files.isRegularFile(folder.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                    return path;
                }
            }
        }
        return null;
    }

    private static String sha256(Path path) {
        try (var in = Files.newInputStream(path)) {
            return Sha256.hex(in);
        } catch (IOException e) {
            throw new Problem(e, "CRV-115", path);
        }
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new Problem(e, "CRV-115", path);
        }
    }
}
