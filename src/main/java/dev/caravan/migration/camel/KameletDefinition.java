package dev.caravan.migration.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caravan.model.Problem;

/**
 * What a Kamelet declares: its properties and annotations.
 *
 * @param name {@code slack-export-read-action}
 * @param declared {@code spec.definition}
 * @param annotations {@code metadata.annotations}; ours start with {@code caravan.dev/}
 */
public record KameletDefinition(String name, JsonNode declared, JsonNode annotations) {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** @return nothing when there is no such Kamelet */
    public static Optional<KameletDefinition> find(Path routes, String name) {
        var file = routes.resolve("kamelets").resolve(name + ".kamelet.yaml");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var kamelet = YAML.readTree(file.toFile());
            return Optional.of(new KameletDefinition(
                    name,
                    kamelet.path("spec").path("definition"),
                    kamelet.path("metadata").path("annotations")));
        } catch (IOException broken) {
            throw new Problem(
                    broken,
                    "CRV-550",
                    file,
                    broken.getMessage().lines().findFirst().orElse(""));
        }
    }

    /** The file, or the problem that names the Kamelets there are. */
    public static KameletDefinition get(Path routes, String name) {
        return find(routes, name).orElseThrow(() -> new Problem("CRV-551", name, routes.resolve("kamelets")));
    }

    /**
     * The operator's settings of a connector as this Kamelet's properties. Kebab-case becomes camelCase.
     *
     * @param prefix of the settings, for messages: {@code caravan.source}
     */
    public Map<String, String> properties(String prefix, Map<String, String> settings) {
        var properties = new TreeMap<String, String>();
        settings.forEach((key, value) -> properties.put(camelCase(key), value));
        properties.keySet().removeIf(key -> !declared.path("properties").has(key));
        for (JsonNode required : declared.path("required")) {
            var key = required.asText();
            if (!properties.containsKey(key)
                    && declared.path("properties").path(key).path("default").isMissingNode()) {
                throw new Problem(
                        "CRV-202",
                        prefix + "." + kebabCase(key),
                        declared.path("properties")
                                .path(key)
                                .path("description")
                                .asText());
            }
        }
        return properties;
    }

    /** Property names in the operator's spelling. */
    public List<String> settingNames() {
        var names = new ArrayList<String>();
        declared.path("properties").fieldNames().forEachRemaining(name -> names.add(kebabCase(name)));
        return names;
    }

    /** Properties declared to be secret, in the operator's spelling. */
    public List<String> secretNames() {
        return secretProperties().stream().map(KameletDefinition::kebabCase).toList();
    }

    /** The same as this Kamelet spells them. */
    List<String> secretProperties() {
        var secrets = new ArrayList<String>();
        declared.path("properties").fields().forEachRemaining(property -> {
            if ("password".equals(property.getValue().path("format").asText())) {
                secrets.add(property.getKey());
            }
        });
        return secrets;
    }

    /**
     * Settings that say how a run goes and not what arrives, in the operator's spelling: secrets, and those the annotation
     * {@code caravan.dev/not-shaping} names. A run may go on when one of them was changed.
     */
    public List<String> notShaping() {
        var names = new ArrayList<>(secretNames());
        names.addAll(List.of(
                annotations.path("caravan.dev/not-shaping").asText().strip().split("\\s*,\\s*")));
        return names;
    }

    /**
     * Whether a source, by the annotation {@code caravan.dev/undivided}, cannot be asked for the messages of one conversation:
     * each further lane would bring all of them once more.
     */
    public boolean undivided() {
        return annotations.path("caravan.dev/undivided").asBoolean();
    }

    private static String camelCase(String key) {
        var camel = new StringBuilder();
        for (String word : key.split("-")) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }

    private static String kebabCase(String property) {
        return property.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }
}
