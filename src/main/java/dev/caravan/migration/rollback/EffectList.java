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

/** What goes from the target at a rollback, or stays there, by name: a table beside the report. There is none of nothing. */
final class EffectList implements Closeable {

    static final String KEPT = "kept.csv";
    static final String WOULD_BE_KEPT = "would-be-kept.csv";
    static final String WOULD_GO = "would-go.csv";

    private final Directory directory;
    private final Map<Integer, String> conversations = new HashMap<>();
    private final Path file;
    private CsvFile table;

    EffectList(Path workDir, String name, Directory directory) {
        this.directory = directory;
        this.file = workDir.resolve("report").resolve(name);
        directory.conversations().forEach(link -> conversations.put(link.number(), link.target()));
    }

    /** @throws Problem CRV-311 when it cannot be written */
    void add(Done effect) {
        if (table == null) {
            table = open();
        }
        table.row(
                effect.effect().what(),
                effect.kind().word(),
                effect.key().id(),
                name(effect),
                effect.effect().target(),
                effect.reason());
    }

    private CsvFile open() {
        try {
            Files.createDirectories(file.getParent());
            return new CsvFile(file, "what", "kind", "source id", "name", "on the target", "reason");
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-311", file.getParent(), denied.getMessage());
        }
    }

    /** The person's on the target, or the conversation's. */
    private String name(Done effect) {
        if (effect.kind() == Kind.USER) {
            return directory
                    .person(effect.key().id())
                    .map(link -> link.target())
                    .orElse("");
        }
        return effect.kind() == Kind.CHANNEL
                ? directory
                        .conversation(effect.key().id())
                        .map(link -> link.target())
                        .orElse("")
                : conversations.getOrDefault(effect.lane(), "");
    }

    /** Null while nothing is in it. */
    String file() {
        return table == null ? null : file.toString();
    }

    @Override
    public void close() {
        if (table != null) {
            table.close();
        }
    }
}
