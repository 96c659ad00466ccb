package dev.caravan.connector.slack;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Origin;
import dev.caravan.model.Problem;
import dev.caravan.model.Refusal;
import dev.caravan.transform.cleanse.ByteRepair;

/**
 * People, conversations or memberships of all archives, the latest archive first: whatever id comes again later is an
 * older state of the same thing.
 */
final class DirectoryRecords implements Iterator<DirectoryRecords.Step>, Closeable {

    /** Exactly one of item, refusal and {@code older} says what the element became. */
    record Step(Item item, Refusal refusal, boolean older, Finding finding) {
        static Step of(Item item, Finding finding) {
            return new Step(item, null, false, finding);
        }
    }

    private record Source(ExportArchive archive, ConversationList list, String file) {}

    private final Kind kind;
    private final ReadLimits limits;
    private final ByteRepair repair;
    private final UnlistedFolder unlistedFolders;
    private final Iterator<Source> lists;
    /** Id to the archive that had it first. */
    private final Map<String, ExportArchive> seen = new HashMap<>();

    private Source current;
    private InputStream open;
    private SourceRecords records;
    private Iterator<Step> steps = Collections.emptyIterator();

    DirectoryRecords(Kind kind, ExportSet exports, ReadLimits limits, ByteRepair repair) {
        this.kind = kind;
        this.limits = limits;
        this.repair = repair;
        this.unlistedFolders = new UnlistedFolder(exports, limits, repair);
        this.lists = listsOf(kind, exports).iterator();
    }

    private static List<Source> listsOf(Kind kind, ExportSet exports) {
        var lists = new ArrayList<Source>();
        var latestFirst = new ArrayList<>(exports.archives());
        Collections.reverse(latestFirst);
        for (var archive : latestFirst) {
            if (kind == Kind.USER && archive.has(ExportArchive.USERS)) {
                lists.add(new Source(archive, null, ExportArchive.USERS));
            } else if (kind != Kind.USER) {
                for (var list : ConversationList.values()) {
                    if (archive.has(list)) {
                        lists.add(new Source(archive, list, list.file()));
                    }
                }
            }
        }
        if (kind != Kind.USER) {
            latestFirst.forEach(archive -> lists.add(new Source(archive, ConversationList.FOLDERS, null)));
        }
        return lists;
    }

    @Override
    public boolean hasNext() {
        while (!steps.hasNext()) {
            if (records == null && !openNext()) {
                return false;
            }
            if (records != null) {
                read();
            }
        }
        return true;
    }

    @Override
    public Step next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return steps.next();
    }

    private boolean openNext() {
        if (!lists.hasNext()) {
            return false;
        }
        current = lists.next();
        if (current.file == null) {
            steps = current.archive.unlisted().keySet().stream()
                    .flatMap(this::unlisted)
                    .iterator();
            return true;
        }
        try {
            open = current.archive.openTopLevel(current.file);
            records = new SourceRecords(open, limits, repair);
            return true;
        } catch (IOException e) {
            throw new Problem(e, "CRV-122", current.archive.name(), current.file);
        }
    }

    private void read() {
        try {
            var record = records.next();
            if (record == null) {
                close();
                records = null;
            } else {
                steps = stepsOf(record);
            }
        } catch (IOException e) {
            throw new Problem(e, "CRV-122", current.archive.name(), current.file);
        }
    }

    private Iterator<Step> stepsOf(SourceRecord record) {
        if (record.refused()) {
            // The conversation itself is refused once, with its kind.
            return kind == Kind.MEMBERSHIP ? Collections.emptyIterator() : one(refused(record));
        }
        var id = record.tree().path("id").asText("");
        var first = id.isEmpty() ? null : seen.putIfAbsent(id, current.archive);
        if (first != null) {
            var finding = first == current.archive
                    ? new Finding(
                            "duplicate-id", kind.word(), id, origin(record).toString())
                    : null;
            return kind == Kind.MEMBERSHIP ? Collections.emptyIterator() : one(new Step(null, null, true, finding));
        }
        return kind == Kind.MEMBERSHIP ? memberships(record, id) : one(item(record, id));
    }

    private Step item(SourceRecord record, String id) {
        record.tree().set(Item.CONTEXT, context());
        var finding = record.repairedBy() == null
                ? null
                : new Finding(
                        record.repairedBy(), kind.word(), id, origin(record).toString());
        return Step.of(Item.read(origin(record), record.raw(), record.tree()), finding);
    }

    private Stream<Step> unlisted(String id) {
        var folder = current.archive.files().folder(current.archive.unlisted().get(id));
        // An older archive may list what a newer one does not.
        if (seen.putIfAbsent(id, current.archive) != null) {
            return kind == Kind.MEMBERSHIP ? Stream.empty() : Stream.of(new Step(null, null, true, null));
        }
        var found = unlistedFolders.of(id, folder);
        var origin = new Origin(current.archive.name(), folder + "/", -1, -1);
        if (kind == Kind.MEMBERSHIP) {
            return found.list() == ConversationList.GROUPS
                    ? found.people().stream().map(person -> membership(origin, id, TextNode.valueOf(person)))
                    : Stream.empty();
        }
        var tree = JsonNodeFactory.instance.objectNode().put("id", id).put("name", folder);
        found.people().forEach(tree.putArray("members")::add);
        var raw = tree.toString().getBytes(StandardCharsets.UTF_8);
        tree.putObject(Item.CONTEXT).put("list", found.list().word());
        return Stream.of(Step.of(
                Item.read(origin, raw, tree),
                new Finding("unknown-folder", kind.word(), id, found.list().word() + ", " + origin)));
    }

    /** Direct and group conversations carry their members themselves. */
    private Iterator<Step> memberships(SourceRecord record, String channel) {
        if (current.list == ConversationList.DMS || current.list == ConversationList.MPIMS) {
            return Collections.emptyIterator();
        }
        var members = record.tree().path("members").elements();
        var origin = origin(record);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return members.hasNext();
            }

            @Override
            public Step next() {
                return membership(origin, channel, members.next());
            }
        };
    }

    private static Step membership(Origin origin, String channel, JsonNode user) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("channel", channel);
        tree.set("user", user);
        var raw = tree.toString().getBytes(StandardCharsets.UTF_8);
        tree.putObject(Item.CONTEXT).put("channel", channel);
        return Step.of(Item.read(origin, raw, tree), null);
    }

    private Step refused(SourceRecord record) {
        var refusal = new Refusal(
                kind,
                null,
                null,
                null,
                0,
                origin(record),
                record.raw(),
                context(),
                "read",
                record.cause(),
                record.detail());
        return new Step(null, refusal, false, null);
    }

    private ObjectNode context() {
        var context = JsonNodeFactory.instance.objectNode();
        return current.list == null ? context : context.put("list", current.list.word());
    }

    private Origin origin(SourceRecord record) {
        return new Origin(current.archive.name(), current.file, record.index(), record.offset());
    }

    private static Iterator<Step> one(Step step) {
        return List.of(step).iterator();
    }

    @Override
    public void close() {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new Problem(e, "CRV-115", current.archive.name());
        }
    }
}
