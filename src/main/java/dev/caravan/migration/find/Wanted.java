package dev.caravan.migration.find;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.migration.find.Found.AFile;
import dev.caravan.model.Item;
import dev.caravan.model.Refusal;
import dev.caravan.transport.SourceAddresses.Named;

/**
 * Which messages are looked for in the source.
 *
 * @param from us since 1970, inclusive
 * @param until us since 1970, exclusive
 * @param id of one message, or null
 * @param people source ids of who wrote them; empty for anybody
 * @param file name of a file they carry, or null
 */
record Wanted(long from, long until, String id, Set<String> people, String file) {

    static Wanted message(String id, long time) {
        return time == 0
                ? new Wanted(Long.MIN_VALUE, Long.MAX_VALUE, id, Set.of(), null)
                : new Wanted(time, time + 1, id, Set.of(), null);
    }

    /** Whether it is worth to take a record down the road: far cheaper than that. */
    boolean maybe(Item item) {
        if (file != null) {
            return holds(item.source(), file);
        }
        return true;
    }

    boolean maybe(Refusal refused) {
        return id != null
                ? id.equals(refused.sourceId())
                : file == null && people.isEmpty() && refused.time() >= from && refused.time() < until;
    }

    /**
     * @param own what the record is; null when not even its own fields say so
     * @param item as far as it came: one that a rule left out before it had a canonical form is known by the source's fields
     */
    boolean is(Named own, Item item) {
        if (own == null || own.time() < from || own.time() >= until || id != null && !id.equals(own.id())) {
            return false;
        }
        var canonical = item.canonical();
        if (canonical == null) {
            return people.isEmpty() || people.stream().anyMatch(person -> holds(item.source(), person));
        }
        return (people.isEmpty() || people.contains(canonical.path("author").asText()))
                && (file == null || !files(canonical).isEmpty());
    }

    /** The files of that name. */
    List<AFile> files(ObjectNode canonical) {
        var named = new ArrayList<AFile>();
        if (file != null && canonical != null) {
            for (var one : canonical.path("files")) {
                if (file.equalsIgnoreCase(one.path("name").asText())) {
                    named.add(new AFile(
                            one.path("name").asText(),
                            one.path("id").asText(),
                            one.path("state").asText()));
                }
            }
        }
        return named;
    }

    private static boolean holds(JsonNode tree, String text) {
        if (tree.isTextual()) {
            return text.equalsIgnoreCase(tree.textValue());
        }
        for (var child : tree) {
            if (holds(child, text)) {
                return true;
            }
        }
        return false;
    }
}
