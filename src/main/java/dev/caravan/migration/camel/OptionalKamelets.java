package dev.caravan.migration.camel;

import java.nio.file.Path;
import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.support.EndpointHelper;

/**
 * The Kamelets that not every connector has, called by {@code toD} so that routes start without them. Camel would make
 * the route of such a one when it is first called; two lanes that call it at once would make it twice, and the second takes
 * the place of the first while that is running. So those that are there are made before anything is on its way.
 */
public final class OptionalKamelets {

    private static final String SCHEME = "kamelet:";

    private OptionalKamelets() {}

    /** @param camel started, with its routes loaded from {@code routes} */
    public static void make(CamelContext camel, Path routes) {
        var model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        for (var route : List.copyOf(model.getRouteDefinitions())) {
            for (var call :
                    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDynamicDefinition.class)) {
                var uri = EndpointHelper.resolveEndpointUriPropertyPlaceholders(camel, call.getUri());
                if (uri.startsWith(SCHEME)
                        && KameletDefinition.find(routes, name(uri)).isPresent()) {
                    camel.getEndpoint(uri);
                }
            }
        }
    }

    private static String name(String uri) {
        return uri.substring(SCHEME.length()).split("[/?]", 2)[0];
    }
}
