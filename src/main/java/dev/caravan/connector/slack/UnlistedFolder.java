package dev.caravan.connector.slack;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.caravan.model.Problem;
import dev.caravan.transform.cleanse.ByteRepair;
import dev.caravan.transport.DamagedEntryException;

/**
 * What a folder of messages is that stands in no list. Nobody says who may read it, so it is never public: a direct or a
 * group conversation when its name and the authors in it tell all of its people, else private.
 */
final class UnlistedFolder {

    private static final Pattern DIRECT = Pattern.compile("D[A-Z0-9]+");
    private static final Pattern GROUP = Pattern.compile("mpdm-(.+)-\\d+");
    private static final String HANDLES_END = "--";

    private final ExportSet exports;
    private final ReadLimits limits;
    private final ByteRepair repair;
    /** Name to id of everybody listed; null until it is asked for. */
    private Map<String, String> handles;

    /**
     * @param list the one it would stand in
     * @param people ids of those who wrote in it or stand in its name
     */
    record Found(ConversationList list, Set<String> people) {}

    UnlistedFolder(ExportSet exports, ReadLimits limits, ByteRepair repair) {
        this.exports = exports;
        this.limits = limits;
        this.repair = repair;
    }

    Found of(String id, String folder) {
        var people = new TreeSet<String>();
        for (var archive : exports.archives()) {
            if (archive.unlisted().containsKey(id)) {
                addAuthors(archive, archive.unlisted().get(id), people);
            }
        }
        if (DIRECT.matcher(folder).matches()) {
            return new Found(people.size() == 2 ? ConversationList.DMS : ConversationList.GROUPS, people);
        }
        var group = GROUP.matcher(folder);
        boolean all = group.matches() && addNamed(Arrays.asList(group.group(1).split(HANDLES_END)), people);
        return new Found(all ? ConversationList.MPIMS : ConversationList.GROUPS, people);
    }

    /** @return whether each of the names is somebody's */
    private boolean addNamed(List<String> names, Set<String> people) {
        var known = names.stream().filter(handles()::containsKey).toList();
        known.forEach(name -> people.add(handles().get(name)));
        return known.size() == names.size();
    }

    private Map<String, String> handles() {
        if (handles == null) {
            handles = new HashMap<>();
            for (var archive : exports.archives()) {
                if (archive.has(ExportArchive.USERS)) {
                    archive.forEach(ExportArchive.USERS, limits, repair, record -> {
                        if (!record.refused()) {
                            handles.put(
                                    record.tree().path("name").asText(),
                                    record.tree().path("id").asText());
                        }
                    });
                }
            }
        }
        return handles;
    }

    private void addAuthors(ExportArchive archive, int folder, Set<String> people) {
        for (int file = archive.files().from(folder); file < archive.files().to(folder); file++) {
            try (var in = archive.openDay(file)) {
                var records = new SourceRecords(in, limits, repair);
                for (var record = records.next(); record != null; record = records.next()) {
                    if (!record.refused() && record.tree().path("user").isTextual()) {
                        people.add(record.tree().path("user").textValue());
                    }
                }
            } catch (DamagedEntryException e) {
                // Reading its messages tells of it; whoever wrote before the damage counts.
            } catch (IOException e) {
                throw new Problem(e, "CRV-115", archive.name());
            }
        }
    }
}
