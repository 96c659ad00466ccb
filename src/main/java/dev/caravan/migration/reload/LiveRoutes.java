package dev.caravan.migration.reload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.CamelStarter;
import dev.caravan.migration.camel.OptionalKamelets;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Brings the running routes to the files they were loaded from. Nothing may be on its way through them. */
final class LiveRoutes {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final CamelContext camel;
    private final Settings settings;

    LiveRoutes(CamelContext camel, Settings settings) {
        this.camel = camel;
        this.settings = settings;
    }

    private Path folder() {
        return settings.home().resolve("routes");
    }

    /** The folder has just been brought from one snapshot to the other. */
    void update(Snapshot from, Snapshot to) throws Exception {
        var changed = to.changedFrom(from);
        var files = changed.stream().filter(LiveRoutes::isRouteFile).toList();
        if (changed.stream().anyMatch(LiveRoutes::isKamelet)
                || files.stream().anyMatch(name -> holdsMore(from, name) || holdsMore(to, name))) {
            loadAnew();
        } else if (!files.isEmpty()) {
            swap(files);
        }
    }

    /**
     * Routes of unchanged files go on. The others are all removed first: a route that got another id, or moved to another
     * file, would find its place taken by itself.
     */
    private void swap(List<String> files) throws Exception {
        for (Route route : List.copyOf(camel.getRoutes())) {
            if (files.contains(fileName(route))) {
                remove(route.getRouteId());
            }
        }
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(resources(files.stream().map(folder()::resolve).filter(Files::exists)));
        OptionalKamelets.make(camel, folder());
    }

    /** Everything once more: a Kamelet or a route configuration is copied into whatever uses it. */
    void loadAnew() throws Exception {
        var model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        for (Route route : List.copyOf(camel.getRoutes())) {
            remove(route.getRouteId());
        }
        camel.removeEndpoints("kamelet:*");
        model.removeRouteTemplateDefinitions("*");
        for (var configuration : List.copyOf(model.getRouteConfigurationDefinitions())) {
            model.removeRouteConfiguration(configuration);
        }
        camel.getPropertiesComponent().setOverrideProperties(CamelStarter.properties(settings, folder()));
        PluginHelper.getRoutesLoader(camel).loadRoutes(resources(RouteFile.in(folder(), RouteFile.ROUTES).stream()));
        OptionalKamelets.make(camel, folder());
    }

    private void remove(String route) throws Exception {
        camel.getRouteController().stopRoute(route);
        camel.removeRoute(route);
    }

    private List<Resource> resources(Stream<Path> files) {
        return files.map(file -> ResourceHelper.fromBytes("file:" + file, bytes(file)))
                .toList();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String fileName(Route route) {
        var source = route.getSourceResource();
        return source == null ? "" : source.getLocation().replaceFirst(".*[/\\\\]", "");
    }

    private static boolean isRouteFile(String name) {
        return !name.contains("/") && name.endsWith(RouteFile.ROUTES);
    }

    private static boolean isKamelet(String name) {
        return name.startsWith("kamelets/");
    }

    /** Whether a file defines anything but routes. */
    private static boolean holdsMore(Snapshot snapshot, String name) {
        var content = snapshot.files().get(name);
        return content != null && keys(content).stream().anyMatch(key -> !"route".equals(key));
    }

    private static Set<String> keys(ByteBuffer content) {
        try {
            var keys = new ArrayList<String>();
            for (JsonNode element : YAML.readTree(content.array())) {
                element.fieldNames().forEachRemaining(keys::add);
            }
            return Set.copyOf(keys);
        } catch (IOException notYaml) {
            return Set.of("?");
        }
    }
}
