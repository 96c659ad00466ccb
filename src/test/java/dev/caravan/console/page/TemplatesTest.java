package dev.caravan.console.page;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages say nothing that the bundles do not know, and the bundles nothing of the console that no page says. */
class TemplatesTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates/console");
    private static final Pattern KEY = Pattern.compile("say\\.(?:it|with)\\('([^']+)'");
    private static final Pattern SHARED_KEY = Pattern.compile("say\\.shared\\('([^']+)'");
    private static final Pattern FAMILY = Pattern.compile("say\\.of\\('([^']+)'");
    private static final Pattern SHARED_FAMILY = Pattern.compile("say\\.sharedOf\\('([^']+)'");

    /** Families that code names, and not a page. */
    private static final Pattern BY_CODE =
            Pattern.compile("console\\.(advice|did|writer|writer-silent|chain-holds|chain-broken)(\\..+)?");

    @Test
    void everyWordOfAPageIsThere() throws IOException {
        var known = words().stringPropertyNames();
        var pages = pages();
        assertThat(found(KEY, pages)).isNotEmpty().allSatisfy(key -> assertThat(known)
                .contains("console." + key));
        assertThat(found(SHARED_KEY, pages)).isNotEmpty().allSatisfy(key -> assertThat(known)
                .contains(key));
        assertThat(found(FAMILY, pages)).isNotEmpty().allSatisfy(family -> assertThat(known)
                .anyMatch(key -> key.startsWith("console." + family + ".")));
        assertThat(found(SHARED_FAMILY, pages)).isNotEmpty().allSatisfy(family -> assertThat(known)
                .anyMatch(key -> key.startsWith(family + ".")));
    }

    @Test
    void noWordOfTheConsoleIsSaidNowhere() throws IOException {
        var pages = pages();
        var keys = found(KEY, pages);
        var families = found(FAMILY, pages);
        assertThat(words().stringPropertyNames())
                .filteredOn(key -> key.startsWith("console."))
                .filteredOn(key -> !BY_CODE.matcher(key).matches())
                .allSatisfy(key -> assertThat(keys.contains(key.substring("console.".length()))
                                || families.stream().anyMatch(family -> key.startsWith("console." + family + ".")))
                        .as(key)
                        .isTrue());
    }

    @Test
    void thePhasesAreThoseOfTheRouteAndEachIsExplained() throws IOException {
        var phases = new ArrayList<String>();
        for (var route :
                new YAMLMapper().readTree(Path.of("routes/migration.camel.yaml").toFile())) {
            if (route.path("route").path("id").asText().equals("migration")) {
                route.path("route")
                        .path("from")
                        .path("steps")
                        .forEach(step -> phases.add(
                                step.has("bean")
                                        ? step.path("bean").path("ref").asText()
                                        : step.path("to").path("uri").asText().replace("direct:", "")));
            }
        }
        phases.removeIf("approval"::equals);
        assertThat(MigrationFacts.PHASES).isEqualTo(phases);
        assertThat(words().stringPropertyNames())
                .containsAll(phases.stream()
                        .map(phase -> "console.phase-means." + phase)
                        .toList())
                .containsAll(phases.stream().map(phase -> "phase." + phase).toList());
    }

    @Test
    void everyStateIsExplainedInThePageAndInTheDocuments() throws IOException {
        var words = words();
        var document = Files.readString(Path.of("docs/console.md"));
        assertThat(MigrationFacts.STATES).allSatisfy(state -> {
            assertThat(words.getProperty("console.state-means." + state))
                    .as(state)
                    .isNotBlank();
            assertThat(document).contains("| " + words.getProperty("console.state." + state) + " |");
        });
    }

    private static TreeSet<String> found(Pattern pattern, String text) {
        var found = new TreeSet<String>();
        pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static String pages() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.list(TEMPLATES)) {
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static Properties words() throws IOException {
        var words = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("src/main/resources/words/messages.properties"))) {
            words.load(in);
        }
        return words;
    }
}
