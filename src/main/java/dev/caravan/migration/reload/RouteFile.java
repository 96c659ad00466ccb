package dev.caravan.migration.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caravan.model.Problem;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** One file of routes or of a Kamelet, parsed for a context. Whatever is wrong with it is told with file and line. */
final class RouteFile {

    static final String ROUTES = ".camel.yaml";
    static final String KAMELET = ".kamelet.yaml";

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern LINE = Pattern.compile("line:? (\\d{1,9})");

    private final Path file;
    private final List<RoutesBuilder> builders = new ArrayList<>();

    private RouteFile(Path file) {
        this.file = file;
    }

    /** The files of a folder with this ending, not of those below it, by name. */
    static List<Path> in(Path folder, String ending) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    static RouteFile parse(Path file, CamelContext camel) {
        var parsed = new RouteFile(file);
        parsed.attempt(() -> parsed.builders.addAll(PluginHelper.getRoutesLoader(camel)
                .findRoutesBuilders(ResourceHelper.resolveMandatoryResource(camel, "file:" + file))));
        parsed.attempt(parsed::requireDefinitions);
        return parsed;
    }

    /** A text that is no YAML list or object is taken for a file without routes, and they would end without a word. */
    private void requireDefinitions() throws IOException {
        if (!YAML.readTree(file.toFile()).isContainerNode()) {
            throw new Problem("CRV-572", file);
        }
    }

    /** What routes of any file may name, and must be there before them. */
    void addConfigurationsTo(CamelContext camel) {
        for (RoutesBuilder builder : builders) {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                attempt(() -> camel.addRoutesConfigurations(configurations));
            }
        }
    }

    /** @return the routes of this file, those included that share an id */
    List<RouteDefinition> addRoutesTo(CamelContext camel) {
        var routes = new ArrayList<RouteDefinition>();
        for (RoutesBuilder builder : builders) {
            attempt(() -> camel.addRoutes(builder));
            if (builder instanceof RouteBuilder built) {
                routes.addAll(built.getRouteCollection().getRoutes());
            }
        }
        return routes;
    }

    Path path() {
        return file;
    }

    private void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (Problem told) {
            throw told;
        } catch (Exception broken) {
            throw new Problem(broken, "CRV-560", file, line(broken), words(broken));
        }
    }

    private static int line(Throwable broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            var line = LINE.matcher(String.valueOf(cause.getMessage()));
            if (line.find()) {
                return Integer.parseInt(line.group(1));
            }
        }
        return 1;
    }

    /** The innermost message that says something, on one line. */
    static String words(Throwable broken) {
        var words = broken.getClass().getSimpleName();
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                words = cause.getMessage().strip().replaceAll("\\s+", " ");
            }
        }
        return words;
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }
}
