package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;

import dev.caravan.ledger.Run;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Migration;
import dev.caravan.migration.camel.LaneWorkers;
import dev.caravan.migration.reload.FolderCheck;
import dev.caravan.migration.reload.Reload;
import dev.caravan.transform.mapping.MappingFunctions;
import org.apache.camel.impl.DefaultCamelContext;

/** A service in a plain Camel context. Its files are looked at when the test says so. */
public final class TestService implements AutoCloseable {

    public final DefaultCamelContext camel = new DefaultCamelContext();
    public final Reload reload;
    private final LaneWorkers workers;
    private final Migration migration;

    TestService(TestMigration test) {
        var assembly = test.assembly(new CurrentRun());
        var settings = assembly.settings;
        var starter = new PlainStart(camel, settings);
        workers = new LaneWorkers(settings);
        migration = new Migration(assembly.journey(camel, workers, starter), assembly.ledgers);
        reload = new Reload(
                settings, new FolderCheck(settings, camel, assembly.services(MappingFunctions.class)), starter, camel);
        reload.begin();
    }

    public Run.State run() {
        return reload.undisturbed(() -> migration.run("tester", false, run -> {}));
    }

    @Override
    public void close() {
        try {
            camel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            workers.close();
        }
    }
}
