package dev.caravan.migration.rollback;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.caravan.ledger.Done;
import dev.caravan.migration.report.CsvFile;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.transform.link.Directory;

/** What stays on the target at a rollback, by name: a table beside the report. */
final class KeptList implements Closeable {

    static final String KEPT = "kept.csv";
    static final String WOULD_BE_KEPT = "would-be-kept.csv";

    private final Directory directory;
    private final Map<Integer, String> conversations = new HashMap<>();
    private final Path file;
    private final CsvFile table;

    /** @throws Problem CRV-311 when it cannot be written */
    KeptList(Path workDir, String name, Directory directory) {
        this.directory = directory;
        directory.conversations().forEach(link -> conversations.put(link.number(), link.target()));
        var folder = workDir.resolve("report");
        this.file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            table = new CsvFile(file, "what", "kind", "source id", "name", "on the target", "reason");
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-311", folder, denied.getMessage());
        }
    }

    void add(Done kept) {
        table.row(
                kept.effect().what(),
                kept.kind().word(),
                kept.key().id(),
                name(kept),
                kept.effect().target(),
                kept.reason());
    }

    /** The person's on the target, or the conversation's. */
    private String name(Done kept) {
        if (kept.kind() == Kind.USER) {
            return directory.person(kept.key().id()).map(link -> link.target()).orElse("");
        }
        return kept.kind() == Kind.CHANNEL
                ? directory
                        .conversation(kept.key().id())
                        .map(link -> link.target())
                        .orElse("")
                : conversations.getOrDefault(kept.lane(), "");
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        table.close();
    }
}
