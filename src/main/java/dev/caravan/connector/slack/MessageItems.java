package dev.caravan.connector.slack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Origin;
import dev.caravan.model.Refusal;

/** Makes items and refusals of messages, with what the export knows of them outside their own bytes. */
final class MessageItems {

    private static final String PINNED = "pinned";
    private static final String FILES = "files";
    private static final String BOTS = "bots";

    private final List<ExportArchive> archives;
    private final DownloadedFiles downloads;
    private final BotUsers botUsers;

    MessageItems(ExportSet exports, DownloadedFiles downloads, BotUsers botUsers) {
        this.archives = exports.archives();
        this.downloads = downloads;
        this.botUsers = botUsers;
    }

    Item item(LaneRecord record, byte[] raw, ObjectNode tree) {
        var context = context(record);
        addTo(context, record.file.conversation(), tree);
        tree.set(Item.CONTEXT, context);
        return Item.read(origin(record), raw, tree);
    }

    /** A record mended since it was read: its secrets taken out, its context as it would be if it stood so in the export. */
    Item mended(Item item) {
        var raw = SlackSecrets.redact(item.raw());
        var tree = (ObjectNode) item.source();
        var context = ((ObjectNode) tree.get(Item.CONTEXT)).deepCopy();
        context.remove(List.of(PINNED, FILES, BOTS));
        try {
            tree = raw == item.raw() ? tree.deepCopy() : SourceRecords.again(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        addTo(context, context.path("channel").asText(), tree);
        tree.set(Item.CONTEXT, context);
        return Item.read(item.origin(), raw, tree);
    }

    private void addTo(ObjectNode context, String conversation, ObjectNode tree) {
        if (isPinned(conversation, tree)) {
            context.put(PINNED, true);
        }
        var files = downloads.of(tree);
        if (files != null) {
            context.set(FILES, files);
        }
        var bots = botUsers.of(tree);
        if (bots != null) {
            context.set(BOTS, bots);
        }
    }

    private boolean isPinned(String conversation, ObjectNode tree) {
        if (!tree.path("pinned_to").isEmpty()) {
            return true;
        }
        var ts = tree.get("ts");
        return ts != null && archives.stream().anyMatch(archive -> archive.isPinned(conversation, ts));
    }

    Refusal refusal(LaneRecord record, byte[] raw) {
        return new Refusal(
                Kind.MESSAGE,
                null,
                null,
                record.file.conversation(),
                0,
                origin(record),
                raw,
                context(record),
                "read",
                record.cause,
                record.detail);
    }

    private static ObjectNode context(LaneRecord record) {
        return JsonNodeFactory.instance.objectNode().put("channel", record.file.conversation());
    }

    /** The source id, {@code <conversation>/<ts>}; of a record without time its place. */
    String id(LaneRecord record) {
        return record.own == SlackTimes.NONE
                ? origin(record).toString()
                : String.format(
                        Locale.ROOT,
                        "%s/%d.%06d",
                        record.file.conversation(),
                        record.own / SlackTimes.SECOND,
                        record.own % SlackTimes.SECOND);
    }

    private Origin origin(LaneRecord record) {
        return new Origin(archives.get(record.file.archive()).name(), record.file.entry(), record.index, record.offset);
    }
}
