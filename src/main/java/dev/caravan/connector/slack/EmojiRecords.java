package dev.caravan.connector.slack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.model.Item;
import dev.caravan.model.Origin;
import dev.caravan.model.Problem;

/**
 * Custom emoji from {@code emoji.json}: the answer of emoji.list ({@code {"emoji": {name: url or "alias:name"}}},
 * https://api.slack.com/methods/emoji.list) or the inner object alone. By name; a later archive wins.
 */
final class EmojiRecords {

    private static final String ALIAS = "alias:";

    /** In a row: those of an export could go round in a circle. */
    private static final int MOST_ALIASES = 10;

    private EmojiRecords() {}

    static Iterator<DirectoryRecords.Step> of(ExportSet exports, ReadLimits limits, DownloadedFiles downloads) {
        var archives = new HashMap<String, ExportArchive>();
        var urls = new TreeMap<String, String>();
        for (var archive : exports.archives()) {
            if (archive.has(ExportArchive.EMOJI)) {
                for (var emoji : read(archive, limits).properties()) {
                    archives.put(emoji.getKey(), archive);
                    urls.put(emoji.getKey(), emoji.getValue().asText(""));
                }
            }
        }
        return urls.entrySet().stream()
                .map(emoji -> step(
                        archives.get(emoji.getKey()),
                        emoji.getKey(),
                        emoji.getValue(),
                        downloads.emoji(original(emoji.getKey(), urls))))
                .iterator();
    }

    /** Whose picture it has: an alias may stand for another one. */
    private static String original(String name, Map<String, String> urls) {
        var original = name;
        for (int i = 0; i < MOST_ALIASES && urls.getOrDefault(original, "").startsWith(ALIAS); i++) {
            original = urls.get(original).substring(ALIAS.length());
        }
        return original;
    }

    private static JsonNode read(ExportArchive archive, ReadLimits limits) {
        try (var in = archive.openTopLevel(ExportArchive.EMOJI)) {
            var raw = in.readNBytes(limits.keptBytes());
            if (in.read() >= 0) {
                throw new IOException("too large");
            }
            var tree = SourceRecords.again(SlackSecrets.redact(raw));
            return tree.path("emoji").isObject() ? tree.get("emoji") : tree;
        } catch (IOException | ClassCastException e) {
            throw new Problem(e, "CRV-122", archive.name(), ExportArchive.EMOJI);
        }
    }

    private static DirectoryRecords.Step step(ExportArchive archive, String name, String url, String path) {
        var tree = JsonNodeFactory.instance.objectNode().put("name", name).put("url", url);
        var raw = tree.toString().getBytes(StandardCharsets.UTF_8);
        if (path != null) {
            tree.putObject(Item.CONTEXT).put("path", path);
        }
        var origin = new Origin(archive.name(), ExportArchive.EMOJI, -1, -1);
        return DirectoryRecords.Step.of(Item.read(origin, raw, tree), null);
    }
}
