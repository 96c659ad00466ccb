package dev.caravan.migration.camel;

import java.nio.file.Path;
import java.util.Properties;

import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.core.CamelRuntime;

/** Starts Camel with the operator's routes, the chosen connectors' settings handed to their Kamelets. */
@ApplicationScoped
public class CamelStarter {

    private final CamelRuntime runtime;
    private final CamelContext camel;
    private final Settings settings;

    public CamelStarter(CamelRuntime runtime, CamelContext camel, Settings settings) {
        this.runtime = runtime;
        this.camel = camel;
        this.settings = settings;
    }

    public synchronized void start() {
        if (camel.isStarted()) {
            return;
        }
        camel.getPropertiesComponent()
                .setOverrideProperties(properties(settings, settings.home().resolve("routes")));
        try {
            runtime.start(new String[0]);
            OptionalKamelets.make(camel, settings.home().resolve("routes"));
        } catch (RuntimeException failed) {
            throw new Problem(failed, "CRV-552", rootMessage(failed));
        }
    }

    /**
     * What the routes' placeholders and the connectors' Kamelets read.
     *
     * @throws Problem CRV-202, 203, 550, 551 where settings and Kamelets in {@code routes} do not fit
     */
    public static Properties properties(Settings settings, Path routes) {
        var properties = new Properties();
        var source = Connector.source(settings, routes);
        var sink = Connector.sink(settings, routes);
        // Where both are of one kind, one Kamelet reads both: what is meant for one must not reach the other.
        var shared = source.kind().equals(sink.kind()) ? source.kind() + "-read-action" : null;
        set(properties, source, shared, "read");
        set(properties, sink, shared, "read-target");
        settings.source().properties().forEach((key, value) -> properties.setProperty("caravan.source." + key, value));
        settings.sink().properties().forEach((key, value) -> properties.setProperty("caravan.sink." + key, value));
        // What has a default is not in the configuration until somebody sets it.
        properties.setProperty("caravan.batch-size", Integer.toString(settings.batchSize()));
        properties.setProperty("caravan.home", settings.home().toString());
        properties.setProperty("caravan.work-dir", settings.workDir().toString());
        properties.setProperty("caravan.source.kind", settings.source().kind());
        properties.setProperty("caravan.sink.kind", settings.sink().kind());
        return properties;
    }

    /** @param use how the routes call the shared Kamelet for this connector: {@code kamelet:<name>/<use>} */
    private static void set(Properties properties, Connector connector, String shared, String use) {
        connector.properties().forEach((kamelet, own) -> {
            var prefix = "camel.kamelet." + (kamelet.equals(shared) ? kamelet + "." + use : kamelet) + ".";
            own.forEach((key, value) -> properties.setProperty(prefix + key, value));
        });
    }

    /** The innermost message, on one line: Camel's own names file, line and column, and shows the place over several. */
    private static String rootMessage(Throwable failed) {
        var cause = failed;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replaceAll("[\\s^]+", " ").strip();
    }
}
