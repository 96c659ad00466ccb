package dev.caravan.migration.reload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.CamelStarter;
import dev.caravan.model.Problem;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultRegistry;

/** Whether the routes and Kamelets of a folder would start, tried in a Camel context that is thrown away. */
final class RouteCheck {

    private final CamelContext live;
    private final Settings settings;

    RouteCheck(CamelContext live, Settings settings) {
        this.live = live;
        this.settings = settings;
    }

    /** @throws Problem CRV-560 to CRV-564 with file and line, or one of the settings of a Kamelet */
    void check(Path routes) throws IOException {
        var properties = CamelStarter.properties(settings, routes);
        try (var scratch = scratch(routes, properties)) {
            for (Path file : RouteFile.in(routes.resolve("kamelets"), RouteFile.KAMELET)) {
                RouteFile.parse(file, scratch).addRoutesTo(scratch);
            }
            var files = new ArrayList<RouteFile>();
            for (Path file : RouteFile.in(routes, RouteFile.ROUTES)) {
                files.add(RouteFile.parse(file, scratch));
            }
            files.forEach(file -> file.addConfigurationsTo(scratch));
            var ids = new RouteIds();
            var all = new ArrayList<Located>();
            for (RouteFile file : files) {
                for (RouteDefinition route : file.addRoutesTo(scratch)) {
                    ids.add(route, file.path());
                    all.add(new Located(route, file.path()));
                }
            }
            var targets = new Targets(scratch, routes, all);
            targets.check(ids);
            start(scratch, all);
            targets.tryDynamic();
        }
    }

    /** A route and the file it stands in. */
    record Located(RouteDefinition route, Path file) {}

    private DefaultCamelContext scratch(Path routes, Properties properties) {
        var scratch = new DefaultCamelContext(new DefaultRegistry(new BeansOnly(live.getRegistry())));
        scratch.setAutoStartup(false);
        scratch.setSourceLocationEnabled(true);
        scratch.setApplicationContextClassLoader(live.getApplicationContextClassLoader());
        scratch.getPropertiesComponent().addPropertiesSource(new LiveProperties(live));
        scratch.getPropertiesComponent().setOverrideProperties(properties);
        var kamelets = new KameletComponent();
        kamelets.setLocation("file:" + routes.resolve("kamelets"));
        scratch.addComponent("kamelet", kamelets);
        return scratch;
    }

    private record LiveProperties(CamelContext live) implements PropertiesSource {
        @Override
        public String getName() {
            return "live";
        }

        @Override
        public String getProperty(String name) {
            return live.getPropertiesComponent().resolveProperty(name).orElse(null);
        }
    }

    private static void start(DefaultCamelContext scratch, List<Located> routes) {
        try {
            scratch.start();
        } catch (RuntimeException failed) {
            throw located(failed, routes);
        }
    }

    private static Problem located(Throwable failed, List<Located> routes) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToCreateRouteException refused) {
                for (Located located : routes) {
                    if (located.route().getId().equals(refused.getRouteId())) {
                        return new Problem(
                                failed, "CRV-560", located.file(), line(located.route(), refused), words(refused));
                    }
                }
            }
        }
        return new Problem(failed, "CRV-552", RouteFile.words(failed));
    }

    private static String words(FailedToCreateRouteException refused) {
        return RouteFile.words(refused.getCause() == null ? refused : refused.getCause());
    }

    /** The line of the step Camel's message marks as {@code >>> step <<<}, else of the route. */
    private static int line(RouteDefinition route, FailedToCreateRouteException refused) {
        int line = route.getLineNumber();
        for (ProcessorDefinition<?> step : steps(route)) {
            if (refused.getMessage().contains(">>> " + step + " <<<") && step.getLineNumber() > 0) {
                line = step.getLineNumber();
            }
        }
        return Math.max(1, line);
    }

    @SuppressWarnings("rawtypes")
    private static List<ProcessorDefinition<?>> steps(RouteDefinition route) {
        var steps = new ArrayList<ProcessorDefinition<?>>();
        for (ProcessorDefinition step :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
            steps.add(step);
        }
        return steps;
    }
}
