package dev.caravan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.ledger.Run;
import dev.caravan.ledger.Seal;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.model.Finding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A package was loaded, and a newer export follows. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
abstract class ImportedAtWork {

    static final String ROOT = "1700000000.000100";
    static final String OLD = "1700000001.000100";

    @Parameter
    TestDatabase database;

    @TempDir
    Path folder;

    TestMigration migration;
    Workspace workspace;

    @BeforeEach
    final void exportOnce() {
        workspace = new Workspace()
                .user("U1", "ann")
                .user("U2", "ben")
                .user("U4", "ann-")
                .channel("C1", "general", "U1", "U2")
                .says("C1", "U1", ROOT, "root")
                .replies("C1", "U2", "1700000000.500000", ROOT, "first reply")
                .says("C1", "U2", OLD, "old words")
                .says("C1", "U1", "1700000001.000200", "same ms")
                .says("C1", "U1", "1700000002.000000", "to be deleted");
        migration = new TestMigration(folder)
                .on(database)
                .with("caravan.sink.path", folder.resolve("out").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com");
        run("first.zip");
    }

    final void change() {
        workspace
                .user("U3", "cid")
                .channel("C2", "news", "U1", "U3")
                .says("C1", "U2", "1700000001.000150", "late, same ms")
                .says("C1", "U2", "1700000003.000000", "new message")
                .replies("C1", "U1", "1700000004.000000", ROOT, "second reply")
                .says("C2", "U3", "1700000005.000000", "welcome")
                .says("C2", "U1", "1700000006.000000", "hi")
                .edit(OLD, "new words", "1700000050.000000")
                .delete("1700000002.000000");
    }

    final void run(String name) {
        assertThat(migration.with("caravan.source.path", export(name)).run(true))
                .isEqualTo(Run.State.COMPLETED);
    }

    final String export(String name) {
        return workspace.export(folder, name).toString();
    }

    final void imported(int number) {
        migration.with("caravan.sink.imported", String.valueOf(number));
    }

    final Path sealed(int number) {
        return folder.resolve("out/mattermost-bulk-" + number + ".zip");
    }

    final List<Seal> seals() {
        try (var ledger = migration.ledger()) {
            return ledger.seals().all();
        }
    }

    final List<Finding> findings(int run, String rule) {
        try (var ledger = migration.ledger()) {
            var all = new ArrayList<Finding>();
            ledger.findings().page(run, rule, 0, 1000).forEach(stored -> all.add(stored.finding()));
            return all;
        }
    }
}
