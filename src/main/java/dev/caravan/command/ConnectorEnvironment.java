package dev.caravan.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.smallrye.config.PropertiesConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/**
 * Settings of a connector out of the environment: {@code CARAVAN_SINK_AS_TOKEN} is {@code caravan.sink.as-token}. Nobody declares those
 * but the connector's Kamelets, so that SmallRye Config cannot know which of the underscores are hyphens; a dot none of them is.
 */
public class ConnectorEnvironment implements ConfigSourceProvider {

    private static final Map<String, String> PREFIXES =
            Map.of("CARAVAN_SOURCE_", "caravan.source.", "CARAVAN_SINK_", "caravan.sink.");

    /** As the environment. */
    private static final int WEIGHT = 300;

    @Override
    public Iterable<ConfigSource> getConfigSources(ClassLoader loader) {
        var settings = new TreeMap<String, String>();
        System.getenv()
                .forEach((name, value) -> PREFIXES.forEach((prefix, begin) -> {
                    if (name.startsWith(prefix)) {
                        settings.put(
                                begin
                                        + name.substring(prefix.length())
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '-'),
                                value);
                    }
                }));
        return List.of(new PropertiesConfigSource(settings, "environment", WEIGHT));
    }
}
