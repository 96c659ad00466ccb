package dev.caravan.migration.rollback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Seal;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import dev.caravan.transport.SinkStage;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

/** Of a file sink: the packages it sealed and the stage they were built from. Nothing of it reached a target yet. */
@ApplicationScoped
public class PackageRollback {

    private static final int NO_RUN = 0;

    private final Settings settings;
    private final LedgerAccess ledgers;
    private final List<SinkStage> stages;

    public PackageRollback(Settings settings, LedgerAccess ledgers, @All List<SinkStage> stages) {
        this.settings = settings;
        this.ledgers = ledgers;
        this.stages = stages;
    }

    /** The sealed packages that are there. @throws Problem CRV-303 without a ledger, 441 when one is marked imported */
    Set<Path> files() {
        try (var ledger = ledgers.openReadOnly()) {
            return files(ledger);
        }
    }

    private static Set<Path> files(Ledger ledger) {
        var files = new LinkedHashSet<Path>();
        for (Seal seal : ledger.seals().all()) {
            if (seal.imported()) {
                throw new Problem("CRV-441", seal.number());
            }
            files.add(Path.of(seal.path()));
        }
        files.removeIf(Files::notExists);
        return files;
    }

    /** @throws Problem as {@link #files} */
    Extent extent() {
        try (var ledger = ledgers.openReadOnly()) {
            var files = files(ledger);
            var seals = ledger.seals().all().stream().map(Seal::sha256).toList();
            return Extent.of(files.size(), List.of(Extent.newestRun(ledger), seals, files));
        }
    }

    RollbackResult dryRun() {
        return result(true, files().size());
    }

    /** The files first: as long as the ledger knows of them, one that was killed can be asked for again. */
    RollbackResult rollback() {
        try (var ledger = ledgers.open()) {
            var files = files(ledger);
            for (Path file : files) {
                delete(file);
            }
            stages.stream()
                    .filter(stage -> stage.sinkKind().equals(settings.sink().kind()))
                    .forEach(stage -> stage.discard(settings.workDir()));
            ledger.journal().forgetStaged();
            ledger.runs().forgetUnfinished(NO_RUN);
            return result(false, files.size());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-443", file, denied.getMessage());
        }
    }

    private static RollbackResult result(boolean dryRun, long packages) {
        SortedMap<String, Long> removed = new TreeMap<>();
        removed.put("package", packages);
        removed.put("stage", 1L);
        return new RollbackResult(dryRun, removed, new TreeMap<>(), List.of(), null, null, false, null, 0, null);
    }
}
