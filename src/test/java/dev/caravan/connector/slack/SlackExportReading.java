package dev.caravan.connector.slack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.io.TempDir;

/** Reads exports of a temporary folder, batch by batch. */
abstract class SlackExportReading {

    /** 2023-11-14, 22:13:20 UTC. */
    static final long T = 1_700_000_000L;

    static final String DAY = "2023-11-14";

    @TempDir
    Path folder;

    final SlackExport export = new SlackExport();

    static String ts(long second) {
        return second + ".000000";
    }

    List<Batch> read(Kind kind, Lane lane, String position) {
        if (export.getCamelContext() == null) {
            export.setWorkDir(folder.resolve("spool").toString());
        }
        var batches = new ArrayList<Batch>();
        try (var reader = export.read(new ReadRequest(kind, lane, position))) {
            reader.forEachRemaining(batches::add);
        }
        return batches;
    }

    List<Batch> messages() {
        return read(Kind.MESSAGE, Lane.of("C1"), null);
    }

    static List<String> texts(List<Batch> batches) {
        return batches.stream()
                .flatMap(batch -> batch.items().stream())
                .map(item -> item.source().path("text").asText())
                .toList();
    }

    static List<Refusal> refused(List<Batch> batches) {
        return batches.stream().flatMap(batch -> batch.refused().stream()).toList();
    }

    static List<Finding> findings(List<Batch> batches) {
        return batches.stream().flatMap(batch -> batch.findings().stream()).toList();
    }

    static long tally(List<Batch> batches, Tally.What what) {
        return batches.stream()
                .mapToLong(batch -> batch.tally().of("message", what))
                .sum();
    }

    void path(Path... files) {
        export.setPath(
                String.join(", ", List.of(files).stream().map(Path::toString).toList()));
    }

    void write(ExportZip zip) {
        path(zip.write(folder, "a.zip"));
    }
}
