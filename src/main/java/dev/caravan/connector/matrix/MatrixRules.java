package dev.caravan.connector.matrix;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.caravan.transform.mapping.TargetRules;
import jakarta.enterprise.context.ApplicationScoped;

/** What each {@link MatrixRule} costs. */
@ApplicationScoped
public class MatrixRules implements TargetRules {

    private static final Pattern HYPHEN = Pattern.compile("-(.)");

    @Override
    public String sinkKind() {
        return MatrixNames.SINK;
    }

    @Override
    public Map<String, Effect> effects() {
        return MatrixRule.effects();
    }

    @Override
    public Optional<String> inventedEmail() {
        return Optional.empty();
    }

    @Override
    public void requireValid(Map<String, String> settings) {
        var properties = new TreeMap<String, String>();
        settings.forEach((key, value) -> properties.put(camelCase(key), value));
        MatrixSettings.of(properties);
    }

    private static String camelCase(String setting) {
        return HYPHEN.matcher(setting).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
