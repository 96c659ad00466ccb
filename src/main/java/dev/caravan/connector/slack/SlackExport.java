package dev.caravan.connector.slack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.transform.cleanse.ByteRepair;
import dev.caravan.transport.ArchiveLimits;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/**
 * Reads Slack exports; the bean behind {@code slack-export-read-action}, whose properties are its setters. May be asked for
 * several lanes at once.
 */
public class SlackExport implements CamelContextAware {

    private String path;
    private String filesFolder;
    private String workDir = System.getProperty("java.io.tmpdir");
    private ReadLimits limits = ReadLimits.DEFAULT;
    private ArchiveLimits archiveLimits = ArchiveLimits.DEFAULT;
    private ByteRepair byteRepair = raw -> Optional.empty();
    private CamelContext camelContext;
    private Opened opened;
    private BotUsers botUsers;

    /** What is open, and by what it is known that files have changed since. */
    private record Opened(String stamp, ExportSet exports) {}

    /**
     * @return batches after the request's position; for messages, none when no archive knows the conversations
     * @throws Problem CRV-100 to CRV-131
     */
    public BatchReader read(ReadRequest request) {
        var exports = exports();
        return request.kind() == Kind.MESSAGE ? messages(request, exports) : directory(request, exports);
    }

    /** Puts beside mended messages what the export knows of them outside their own bytes: pins, downloaded files. */
    public Batch context(Batch batch) {
        if (batch.kind() != Kind.MESSAGE || batch.items().isEmpty()) {
            return batch;
        }
        var items = messageItems(exports());
        return batch.withItems(batch.items().stream().map(items::mended).toList());
    }

    private BatchReader messages(ReadRequest request, ExportSet exports) {
        var position = LanePosition.parse(request.position());
        var heap = new LaneHeap(limits, new RecordSpool(Path.of(workDir)));
        var loader = new DayLoader(exports, limits, byteRepair);
        var records = new LaneRecords(exports, request.lane().conversations(), position, loader, heap);
        return new MessageReader(request.lane(), position, limits, records, messageItems(exports), exports);
    }

    private BatchReader directory(ReadRequest request, ExportSet exports) {
        var kind = request.kind();
        if (kind == Kind.EMOJI) {
            var emoji = EmojiRecords.of(exports, limits, downloads());
            return new DirectoryReader(kind, request.position(), limits.batchRecords(), emoji, List.of(), () -> {});
        }
        var records = new DirectoryRecords(kind, exports, limits, byteRepair);
        return new DirectoryReader(
                kind, request.position(), limits.batchRecords(), records, findings(kind, exports), records::close);
    }

    private static List<Finding> findings(Kind kind, ExportSet exports) {
        var found = new ArrayList<Finding>();
        for (var archive : exports.archives()) {
            if (kind == Kind.USER && !archive.has(ExportArchive.USERS)) {
                found.add(new Finding("no-user-list", "file", archive.name(), ExportArchive.USERS));
            }
            if (kind == Kind.CHANNEL) {
                found.addAll(archive.findings());
            }
        }
        return found;
    }

    /** The zips this source consists of, by file name. */
    public List<Path> archives() {
        if (path == null || path.isBlank()) {
            throw new Problem("CRV-100");
        }
        var files = new ArrayList<Path>();
        for (var part : path.split(",")) {
            addFiles(Path.of(part.strip()), files);
        }
        files.sort(Comparator.comparing((Path file) -> file.getFileName().toString())
                .thenComparing(Path::toString));
        return files;
    }

    private static void addFiles(Path file, List<Path> files) {
        if (!Files.isDirectory(file)) {
            if (!Files.isRegularFile(file)) {
                throw new Problem("CRV-101", file);
            }
            files.add(file);
            return;
        }
        int before = files.size();
        try (var listed = Files.list(file)) {
            listed.filter(f -> f.getFileName().toString().endsWith(".zip") && Files.isRegularFile(f))
                    .forEach(files::add);
        } catch (IOException e) {
            throw new Problem(e, "CRV-115", file);
        }
        if (files.size() == before) {
            throw new Problem("CRV-116", file);
        }
    }

    /** Opened anew when files were added or replaced; readers at work keep what they have. */
    private synchronized ExportSet exports() {
        var files = archives();
        var stamp = stamp(files);
        if (opened == null || !opened.stamp.equals(stamp)) {
            opened = new Opened(
                    stamp,
                    new ExportSet(files.stream()
                            .map(file -> ExportArchive.open(file, archiveLimits, limits, byteRepair))
                            .toList()));
        }
        return opened.exports;
    }

    /** Days since 1970 of a conversation's last day file; {@link Long#MIN_VALUE} when it has none. */
    long latestDay(String conversation) {
        return exports().latestDay(conversation);
    }

    private static String stamp(List<Path> files) {
        var stamp = new StringBuilder();
        for (var file : files) {
            try {
                stamp.append(file).append('|').append(Files.size(file)).append('|');
                stamp.append(Files.getLastModifiedTime(file)).append('\n');
            } catch (IOException e) {
                throw new Problem(e, "CRV-115", file.getFileName());
            }
        }
        return stamp.toString();
    }

    private MessageItems messageItems(ExportSet exports) {
        return new MessageItems(exports, downloads(), botUsers(exports));
    }

    /** Read once for all lanes. */
    private synchronized BotUsers botUsers(ExportSet exports) {
        if (botUsers == null || !botUsers.isOf(exports)) {
            botUsers = new BotUsers(exports, limits, byteRepair);
        }
        return botUsers;
    }

    private DownloadedFiles downloads() {
        return new DownloadedFiles(filesFolder == null || filesFolder.isBlank() ? null : Path.of(filesFolder));
    }

    /** One zip, several separated by commas, or a folder of zips. */
    public void setPath(String path) {
        this.path = path;
    }

    /** Folder of downloaded files, or null. */
    public void setFilesFolder(String filesFolder) {
        this.filesFolder = filesFolder;
    }

    /** Folder for temporary files; null leaves the system's. */
    public void setWorkDir(String workDir) {
        this.workDir = workDir == null ? this.workDir : workDir;
    }

    public void setBatchSize(int records) {
        limits = limits.withBatchRecords(records);
    }

    /** Bytes; at most 64 MiB. */
    public void setMaxRecordBytes(int bytes) {
        limits = limits.withRecordBytes(bytes);
    }

    /** Bytes of one lane's loaded days that may be on the heap. */
    public void setMaxHeapBytes(int bytes) {
        limits = limits.withHeapBytes(bytes);
    }

    public void setMaxEntries(long entries) {
        archiveLimits = archiveLimits.withEntries(entries);
    }

    /** Bytes of all entries of one archive, unpacked. */
    public void setMaxTotalBytes(long bytes) {
        archiveLimits = archiveLimits.withTotalBytes(bytes);
    }

    /** Bytes of one entry, unpacked. */
    public void setMaxEntryBytes(long bytes) {
        archiveLimits = archiveLimits.withEntryBytes(bytes);
    }

    /** Unpacked bytes per packed byte. */
    public void setMaxRatio(long ratio) {
        archiveLimits = archiveLimits.withRatio(ratio);
    }

    /** {@code refuse} or {@code skip}: what becomes of entries whose names lead out of the archive. */
    public void setUnsafeNames(String word) {
        archiveLimits = archiveLimits.skippingUnsafeNames(skips("unsafe-names", word));
    }

    /** {@code refuse} or {@code skip}: the same for symbolic links. */
    public void setLinks(String word) {
        archiveLimits = archiveLimits.skippingLinks(skips("links", word));
    }

    /** {@code refuse} or {@code skip}: the same for archives in the archive, which nobody unpacks either way. */
    public void setNestedArchives(String word) {
        archiveLimits = archiveLimits.refusingNested(!skips("nested-archives", word));
    }

    private static boolean skips(String setting, String word) {
        if (!word.equals("skip") && !word.equals("refuse")) {
            throw new Problem("CRV-131", setting, word);
        }
        return word.equals("skip");
    }

    /** Mends records that are not UTF-8; without one they are refused. */
    public void setByteRepair(ByteRepair byteRepair) {
        this.byteRepair = byteRepair;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    /** A Kamelet cannot name a bean that may be absent: the registry's only {@link ByteRepair} is taken. */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
        var found = camelContext.getRegistry().findByType(ByteRepair.class);
        if (found.size() == 1) {
            byteRepair = found.iterator().next();
        }
    }
}
