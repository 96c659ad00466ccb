package dev.caravan.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;

import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Reads all settings once before Quarkus does, to refuse what is wrong in words instead of a stack trace. */
final class SettingsCheck {

    private SettingsCheck() {}

    static Settings validate() {
        var file = Path.of(System.getProperty("caravan.home"), "application.properties");
        if (Files.exists(file)) {
            System.setProperty("smallrye.config.locations", file.toUri().toString());
        }
        try {
            return new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDefaultSources()
                    .addDiscoveredSources()
                    .addDiscoveredConverters()
                    .withMapping(Settings.class)
                    .build()
                    .getConfigMapping(Settings.class);
        } catch (ConfigValidationException invalid) {
            throw new Problem(invalid, "CRV-201", invalid.getProblem(0).getMessage());
        } catch (IllegalArgumentException | NoSuchElementException invalid) {
            throw new Problem(invalid, "CRV-201", invalid.getMessage());
        }
    }
}
