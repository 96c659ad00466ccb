package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.CamelStarter;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Starts the operator's routes in a plain Camel context. */
final class PlainStart extends CamelStarter {

    private final DefaultCamelContext camel;
    private final Settings settings;

    PlainStart(DefaultCamelContext camel, Settings settings) {
        super(null, camel, settings);
        this.camel = camel;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        if (camel.isStarted()) {
            return;
        }
        var routes = settings.home().resolve("routes");
        camel.getPropertiesComponent().setOverrideProperties(properties(settings, routes));
        var kamelets = new KameletComponent();
        kamelets.setLocation("file:" + routes.resolve("kamelets"));
        camel.addComponent("kamelet", kamelets);
        try {
            for (Path file : files(routes)) {
                PluginHelper.getRoutesLoader(camel)
                        .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "file:" + file));
            }
            camel.start();
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception checked) {
            throw new IllegalStateException(checked);
        }
    }

    private static List<Path> files(Path routes) {
        try (var files = Files.list(routes)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
