package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.CamelStarter;
import dev.caravan.migration.camel.OptionalKamelets;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
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
            // All at once: only so are the configurations of routes there before the routes that name them.
            PluginHelper.getRoutesLoader(camel).loadRoutes(resources(routes));
            camel.start();
            OptionalKamelets.make(camel, routes);
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception checked) {
            throw new IllegalStateException(checked);
        }
    }

    private List<Resource> resources(Path routes) throws IOException {
        var resources = new ArrayList<Resource>();
        for (Path file : files(routes)) {
            resources.add(ResourceHelper.resolveMandatoryResource(camel, "file:" + file));
        }
        return resources;
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
