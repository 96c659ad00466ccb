package dev.caravan.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.caravan.model.Problem;
import io.smallrye.config.PropertiesConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/**
 * The {@code application.properties} beside {@code routes/}, which Quarkus itself does not read. A source of its own,
 * because one named by {@code smallrye.config.locations} inherits the weight of whoever named it, and would overrule the
 * options of the command line.
 */
public class OperatorFile implements ConfigSourceProvider {

    /** Above what the application was built with (250), below environment (300) and options (400). */
    private static final int WEIGHT = 260;

    @Override
    public Iterable<ConfigSource> getConfigSources(ClassLoader loader) {
        // A service runs from a copy of routes/ only; the file stays where the operator has it.
        var home = System.getProperty("caravan.serve.watched", System.getProperty("caravan.home"));
        if (home == null || !Files.exists(Path.of(home, "application.properties"))) {
            return List.of();
        }
        var file = Path.of(home, "application.properties");
        try {
            return List.of(new PropertiesConfigSource(file.toUri().toURL(), WEIGHT));
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-505", file, unreadable.getMessage());
        }
    }
}
