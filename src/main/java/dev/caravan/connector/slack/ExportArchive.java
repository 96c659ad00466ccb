package dev.caravan.connector.slack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Finding;
import dev.caravan.model.Problem;
import dev.caravan.transform.cleanse.ByteRepair;
import dev.caravan.transport.ArchiveEntry;
import dev.caravan.transport.ArchiveLimits;
import dev.caravan.transport.ZipArchive;

/**
 * One zip of a Slack export: what it holds and which folder belongs to which conversation. Layout:
 * https://slack.com/help/articles/220556107 (standard: users, channels and a folder per channel; full: groups, dms, mpims
 * as well).
 */
final class ExportArchive {

    static final String USERS = "users.json";
    static final String EMOJI = "emoji.json";
    private static final Set<String> KNOWN_FILES =
            Set.of(USERS, EMOJI, "integration_logs.json", "canvases.json", "file_conversations.json", "lists.json");
    private static final Set<String> GRID_FILES = Set.of("org_users.json");
    private static final String GRID_FOLDER = "teams/";
    private static final Set<String> DOWNLOADS = Set.of("__uploads", "__avatars", "attachments");
    /** For a folder whose name is the id of a conversation that has another folder. */
    private static final String UNLISTED_SUFFIX = "~folder";

    private static final int FINDINGS_SHOWN = 100;

    private final ZipArchive zip;
    private final DayFiles files;
    private final Map<String, Long> topLevel;
    private final List<Finding> findings;
    private String[] ids;
    /** Folder of ids[i], -1 when it has no messages. */
    private int[] folderOfId;

    private BitSet unclaimed;
    private final SortedMap<String, Integer> unlisted = new TreeMap<>();
    private final Map<String, Set<String>> pins = new HashMap<>();

    private ExportArchive(ZipArchive zip, DayFiles files, Map<String, Long> topLevel, List<Finding> findings) {
        this.zip = zip;
        this.files = files;
        this.topLevel = topLevel;
        this.findings = findings;
    }

    /** @throws Problem CRV-102 to CRV-130: not an export that can be read, with what to do */
    static ExportArchive open(Path file, ArchiveLimits archiveLimits, ReadLimits limits, ByteRepair repair) {
        var days = new DayFiles.Builder();
        var topLevel = new HashMap<String, Long>();
        var noted = new Noted(file.getFileName().toString());
        var zip = ZipArchive.open(file, archiveLimits, entry -> sort(entry, days, topLevel, noted));
        zip.skipped().forEach(name -> noted.add("entry-skipped", name));
        var archive = new ExportArchive(zip, days.build(), topLevel, noted.all());
        archive.claimFolders(limits, repair);
        return archive;
    }

    private static void sort(ArchiveEntry entry, DayFiles.Builder days, Map<String, Long> topLevel, Noted noted) {
        var name = entry.name();
        if (name.startsWith(GRID_FOLDER) || GRID_FILES.contains(name)) {
            throw new Problem("CRV-120", noted.archive);
        }
        int slash = name.indexOf('/');
        if (slash < 0) {
            topLevel.put(name, entry.position());
            if (!KNOWN_FILES.contains(name) && !ConversationList.isFile(name)) {
                noted.add(entry.isArchive() ? "nested-archive" : "unknown-file", name);
            }
            return;
        }
        var folder = name.substring(0, slash);
        if (isForeign(folder)) {
            return;
        }
        int day = DayFiles.dayOf(name.substring(slash + 1));
        if (day >= 0) {
            days.add(folder, day, entry.position());
        } else if (!entry.isFolder()) {
            noted.add(entry.isArchive() ? "nested-archive" : "unknown-file", name);
        }
    }

    private static boolean isForeign(String folder) {
        return folder.equals("__MACOSX") || DOWNLOADS.contains(folder);
    }

    private void claimFolders(ReadLimits limits, ByteRepair repair) {
        if (Arrays.stream(ConversationList.values()).noneMatch(this::has)) {
            throw new Problem("CRV-121", name());
        }
        unclaimed = new BitSet();
        unclaimed.set(0, files.folders());
        var folders = new TreeMap<String, Integer>();
        for (var list : ConversationList.values()) {
            if (has(list)) {
                forEach(list.file(), limits, repair, record -> {
                    if (!record.refused()) {
                        claim(record.tree(), list, folders);
                    }
                });
            }
        }
        for (int i = unclaimed.nextSetBit(0); i >= 0; i = unclaimed.nextSetBit(i + 1)) {
            var id = files.folder(i);
            unlisted.put(folders.containsKey(id) ? id + UNLISTED_SUFFIX : id, i);
        }
        folders.putAll(unlisted);
        ids = folders.keySet().toArray(String[]::new);
        folderOfId = folders.values().stream().mapToInt(Integer::intValue).toArray();
    }

    private void claim(ObjectNode conversation, ConversationList list, Map<String, Integer> folders) {
        var id = conversation.path("id").asText("");
        if (id.isEmpty()) {
            return;
        }
        var name = conversation.path("name").asText("");
        int folder = list.folderIsId() ? free(id, name) : free(name, id);
        if (folder >= 0) {
            unclaimed.clear(folder);
        }
        folders.merge(id, folder, (first, second) -> first >= 0 ? first : second);
        for (var pin : conversation.path("pins")) {
            pins.computeIfAbsent(id, i -> new TreeSet<>()).add(pin.path("id").asText(""));
        }
    }

    private int free(String first, String second) {
        int folder = files.folder(first);
        if (folder >= 0 && unclaimed.get(folder)) {
            return folder;
        }
        folder = files.folder(second);
        return folder >= 0 && unclaimed.get(folder) ? folder : -1;
    }

    /** What a reader of lists does with each element. */
    interface RecordVisitor {
        void visit(SourceRecord record) throws IOException;
    }

    /** @throws Problem CRV-122 when the entry itself cannot be read: without a list there is nothing to go by */
    void forEach(String file, ReadLimits limits, ByteRepair repair, RecordVisitor visitor) {
        try (var in = zip.open(topLevel.get(file))) {
            var records = new SourceRecords(in, limits, repair);
            for (var record = records.next(); record != null; record = records.next()) {
                visitor.visit(record);
            }
        } catch (IOException e) {
            throw new Problem(e, "CRV-122", name(), file);
        }
    }

    boolean has(ConversationList list) {
        return list.file() != null && has(list.file());
    }

    boolean has(String file) {
        return topLevel.containsKey(file);
    }

    InputStream openTopLevel(String file) throws IOException {
        return zip.open(topLevel.get(file));
    }

    InputStream openDay(int file) throws IOException {
        return zip.open(files.position(file));
    }

    String entryName(int file) throws IOException {
        return zip.entry(files.position(file)).name();
    }

    /** The archive's file name. */
    String name() {
        return zip.name();
    }

    DayFiles files() {
        return files;
    }

    boolean knows(String conversation) {
        return Arrays.binarySearch(ids, conversation) >= 0;
    }

    /** Number of the conversation's folder in {@link #files()}, -1 when it has none. */
    int folderOf(String conversation) {
        int found = Arrays.binarySearch(ids, conversation);
        return found < 0 ? -1 : folderOfId[found];
    }

    boolean isPinned(String conversation, JsonNode ts) {
        var pinned = pins.get(conversation);
        return pinned != null && pinned.contains(ts.asText(""));
    }

    /** Folders that belong to no conversation of any list, under the id of the conversation they become. */
    SortedMap<String, Integer> unlisted() {
        return Collections.unmodifiableSortedMap(unlisted);
    }

    /** Entries nobody reads. */
    List<Finding> findings() {
        return findings;
    }

    /** Findings of one archive, the first hundred of each rule by name and the rest as a number. */
    private static final class Noted {
        private final String archive;
        private final List<Finding> found = new ArrayList<>();
        private final Map<String, Integer> counts = new TreeMap<>();

        Noted(String archive) {
            this.archive = archive;
        }

        void add(String rule, String entry) {
            if (counts.merge(rule, 1, Integer::sum) <= FINDINGS_SHOWN) {
                found.add(new Finding(rule, "file", archive + "!" + entry, ""));
            }
        }

        List<Finding> all() {
            counts.forEach((rule, n) -> {
                if (n > FINDINGS_SHOWN) {
                    found.add(new Finding(rule, "file", archive, (n - FINDINGS_SHOWN) + " more"));
                }
            });
            return List.copyOf(found);
        }
    }
}
