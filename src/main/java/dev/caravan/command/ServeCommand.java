package dev.caravan.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.UUID;

import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Settings;
import dev.caravan.migration.reload.Reload;
import dev.caravan.migration.reload.Watch;
import dev.caravan.migration.serve.Admission;
import dev.caravan.migration.serve.RunService;
import dev.caravan.migration.watch.LedgerMeters;
import dev.caravan.migration.watch.RunMeters;
import dev.caravan.migration.watch.ServiceWatch;
import dev.caravan.migration.watch.WorkMeters;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The same application as a service. It serves from a copy of {@code routes/}, so that a file half edited or broken is
 * never in use.
 */
@Dependent
@Command(name = "serve")
class ServeCommand extends Verb {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    @Option(names = "--port", paramLabel = "PORT", descriptionKey = "option.port")
    private Integer port;

    @Option(names = "--reset-admin", descriptionKey = "option.reset-admin")
    private boolean resetAdmin;

    @Inject
    Settings settings;

    @Inject
    Reload reload;

    @Inject
    RunService runs;

    @Inject
    Admission admission;

    @Inject
    CurrentRun current;

    @Inject
    RunMeters meters;

    @Inject
    WorkMeters work;

    @Inject
    LedgerMeters ledger;

    @Inject
    Output output;

    @Override
    boolean opensPorts() {
        return true;
    }

    @Override
    void prepare(Settings known) {
        if (port != null) {
            System.setProperty("quarkus.http.port", port.toString());
        }
        Ports.requireFree(known.serve());
        System.setProperty("caravan.serve.watched", System.getProperty("caravan.home"));
        // A name of its own for each process: two services may share a work directory.
        var serving = known.workDir().resolve("serving-" + UUID.randomUUID());
        System.setProperty("caravan.home", serving.toAbsolutePath().toString());
    }

    @Override
    public Integer call() throws IOException {
        try (var interruption = new Interruption(current, ExitStatus.CLEAN)) {
            try {
                serve();
            } finally {
                remove(settings.home());
            }
            output.error(words().say("serve.ended"));
        }
        return ExitStatus.CLEAN;
    }

    private void serve() {
        var oneTime = admission.open(resetAdmin);
        reload.begin();
        try (var watch = new Watch(reload, BETWEEN_LOOKS);
                var told = new ServiceWatch(meters, work, ledger)) {
            output.error(words().say("serve.ready", address()));
            oneTime.ifPresent(file -> output.error(words().say("serve.one-time", file)));
            Quarkus.waitForExit();
        }
        runs.close();
    }

    private static String address() {
        var config = ConfigProvider.getConfig();
        return "http://%s:%s"
                .formatted(
                        config.getValue("quarkus.http.host", String.class),
                        config.getValue("quarkus.http.port", String.class));
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
