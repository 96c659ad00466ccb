package dev.caravan.migration.camel;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;

/**
 * The Kamelets of the chosen source or sink and the settings each of them takes.
 *
 * @param kind {@code slack-export}
 * @param properties per Kamelet name, its properties
 */
public record Connector(String kind, Map<String, Map<String, String>> properties) {

    private static final List<String> OF_A_SOURCE = List.of("-read-action", "-context-action");
    private static final List<String> OF_A_SINK =
            List.of("-sink", "-seal-action", "-look-up-action", "-undo-action", "-read-action");

    public static Connector source(Settings settings, Path routes) {
        return of(settings.source().kind(), "caravan.source", settings.source().properties(), OF_A_SOURCE, routes);
    }

    public static Connector sink(Settings settings, Path routes) {
        return of(settings.sink().kind(), "caravan.sink", settings.sink().properties(), OF_A_SINK, routes);
    }

    private static Connector of(
            String kind, String prefix, Map<String, String> settings, List<String> suffixes, Path routes) {
        var properties = new TreeMap<String, Map<String, String>>();
        var known = new LinkedHashSet<String>();
        KameletDefinition.get(routes, kind + suffixes.get(0));
        for (String suffix : suffixes) {
            KameletDefinition.find(routes, kind + suffix).ifPresent(kamelet -> {
                properties.put(kamelet.name(), kamelet.properties(prefix, settings));
                known.addAll(kamelet.settingNames());
            });
        }
        settings.keySet().stream()
                .filter(key -> !"kind".equals(key) && !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new Problem("CRV-203", prefix + "." + key, kind, String.join(", ", known));
                });
        return new Connector(kind, properties);
    }

    public boolean has(String suffix) {
        return properties.containsKey(kind + suffix);
    }

    /** All properties of all its Kamelets. */
    public Map<String, String> all() {
        var all = new TreeMap<String, String>();
        properties.values().forEach(all::putAll);
        return all;
    }

    /**
     * The same without those that are secret, for mappings that read {@code $sink} or {@code $source}: whoever may change a
     * template need not know how to sign in to the target.
     */
    public Map<String, String> open(Path routes) {
        var open = new TreeMap<String, String>();
        properties.forEach((name, own) -> {
            var secret = KameletDefinition.get(routes, name).secretProperties();
            own.forEach((key, value) -> {
                if (!secret.contains(key)) {
                    open.put(key, value);
                }
            });
        });
        return open;
    }
}
