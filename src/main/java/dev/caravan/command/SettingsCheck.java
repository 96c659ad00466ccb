package dev.caravan.command;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads all settings once before Quarkus does, to refuse what is wrong in words instead of a stack trace. */
final class SettingsCheck {

    /** SmallRye's words for a setting nobody declares: its name, its source. */
    private static final Pattern UNKNOWN = Pattern.compile("SRCFG00050: (\\S+) in (\\S+) does not map");

    private static final Pattern CODE =
            Pattern.compile("[\\w.]*Exception: | threw an Exception whilst being converted|SRCFG\\d+:? ?");
    private static final Pattern SOURCE = Pattern.compile("\\w+\\[source=(?:file:)?(.*)](:\\d+)?");

    private SettingsCheck() {}

    static Settings validate() {
        try {
            return sources().withMapping(Settings.class).build().getConfigMapping(Settings.class);
        } catch (ConfigValidationException invalid) {
            requireDecipherable();
            throw problem(invalid, invalid.getProblem(0).getMessage());
        } catch (IllegalArgumentException | NoSuchElementException invalid) {
            throw problem(invalid, invalid.getMessage());
        }
    }

    /** Among all that may be wrong this has no words of its own. @throws Problem CRV-702 */
    private static void requireDecipherable() {
        var given = sources().build();
        for (var name : given.getPropertyNames()) {
            if (name.startsWith("caravan.")) {
                try {
                    given.getConfigValue(name);
                } catch (NoSuchElementException noKey) {
                    throw new Problem(noKey, "CRV-701", EncryptCommand.VARIABLE);
                } catch (RuntimeException undecipherable) {
                    throw new Problem(undecipherable, "CRV-702", name, EncryptCommand.VARIABLE);
                }
            }
        }
    }

    /** Everything an operator sets; not what the application was built with. */
    static SmallRyeConfigBuilder sources() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredSources()
                .addDiscoveredSecretKeysHandlers()
                .addDiscoveredConverters();
    }

    private static Problem problem(RuntimeException invalid, String message) {
        var unknown = UNKNOWN.matcher(message);
        return unknown.find()
                ? new Problem(invalid, "CRV-207", unknown.group(1), place(unknown.group(2)))
                : new Problem(invalid, "CRV-201", CODE.matcher(message).replaceAll(""));
    }

    /** Where a setting was given, file and line where there is one; nothing for what is no setting or was not given. */
    static Optional<String> origin(String setting) {
        if (!setting.startsWith("caravan.")) {
            return Optional.empty();
        }
        var value = ConfigProvider.getConfig().getConfigValue(setting);
        return value.getValue() == null
                ? Optional.empty()
                : Optional.of(place(
                        value instanceof io.smallrye.config.ConfigValue exact
                                ? exact.getLocation()
                                : value.getSourceName()));
    }

    /** {@code PropertiesConfigSource[source=file:/a/application.properties]:2} -> {@code /a/application.properties:2}. */
    private static String place(String source) {
        return SOURCE.matcher(source).replaceAll("$1$2").replace("SysPropConfigSource", "-D");
    }
}
