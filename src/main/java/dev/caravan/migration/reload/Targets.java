package dev.caravan.migration.reload;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.caravan.model.Problem;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** What routes send to: Camel looks for it when the first message comes, which is too late for a person who saves a file. */
final class Targets {

    /** Where commands enter the routes. */
    private static final List<String> ENTRIES = List.of(
            "direct:migration",
            "direct:replay",
            "direct:read-back",
            "direct:rollback",
            "direct:look-up",
            "direct:dispatch");

    private static final String DIRECT = "direct:";
    private static final String KAMELET = "kamelet:";

    private final CamelContext camel;
    private final Path routes;
    private final List<RouteCheck.Located> all;

    Targets(CamelContext camel, Path routes, List<RouteCheck.Located> all) {
        this.camel = camel;
        this.routes = routes;
        this.all = all;
    }

    /** Before the context starts. */
    void check(RouteIds ids) {
        var begun = all.stream()
                .map(located -> address(located.route().getInput().getEndpointUri()))
                .collect(Collectors.toSet());
        for (String entry : ENTRIES) {
            if (!begun.contains(entry)) {
                throw new Problem("CRV-564", routes, entry);
            }
        }
        for (RouteCheck.Located located : all) {
            for (Sending sending : sendings(located.route())) {
                check(sending, located.file(), begun, ids);
            }
        }
    }

    private void check(Sending sending, Path file, Set<String> begun, RouteIds ids) {
        var target = address(sending.uri());
        if (target.contains("${")) {
            return;
        }
        if (target.startsWith(DIRECT) && !begun.contains(target)) {
            throw new Problem("CRV-562", file, sending.line(), target);
        }
        if (target.startsWith(KAMELET)) {
            var name = target.substring(KAMELET.length()).split("/", 2);
            if (name.length > 1 && ids.has(name[1])) {
                throw new Problem("CRV-563", file, sending.line(), name[1]);
            }
            if (!sending.dynamic() && !hasKamelet(name[0])) {
                throw new Problem("CRV-573", file, sending.line(), name[0], routes.resolve("kamelets"));
            }
        }
    }

    private boolean hasKamelet(String name) {
        return Files.exists(routes.resolve("kamelets").resolve(name + RouteFile.KAMELET));
    }

    /**
     * Makes the Kamelets that are made only when the first message comes. Routes call so what not every connector has, and
     * one that is not there is no mistake.
     */
    void tryDynamic() {
        for (RouteCheck.Located located : all) {
            for (Sending sending : sendings(located.route())) {
                var target = address(sending.uri());
                if (sending.dynamic()
                        && target.startsWith(KAMELET)
                        && !sending.uri().contains("${")
                        && hasKamelet(target.substring(KAMELET.length()).split("/", 2)[0])) {
                    tryOne(sending.uri(), located.file(), sending.line());
                }
            }
        }
    }

    private void tryOne(String uri, Path file, int line) {
        try {
            camel.getEndpoint(uri);
        } catch (RuntimeException broken) {
            throw new Problem(broken, "CRV-560", file, line, RouteFile.words(broken));
        }
    }

    private record Sending(String uri, int line, boolean dynamic) {}

    private static List<Sending> sendings(RouteDefinition route) {
        var sendings = new ArrayList<Sending>();
        for (ToDefinition to : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
            sendings.add(new Sending(to.getEndpointUri(), Math.max(1, to.getLineNumber()), false));
        }
        for (ToDynamicDefinition to :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDynamicDefinition.class)) {
            sendings.add(new Sending(to.getUri(), Math.max(1, to.getLineNumber()), true));
        }
        return sendings;
    }

    /** Placeholders filled in, parameters left out: {@code direct://a?timeout=1} is {@code direct:a}. */
    private String address(String uri) {
        return camel.resolvePropertyPlaceholders(uri).replaceFirst("\\?.*", "").replaceFirst(":/{1,2}", ":");
    }
}
