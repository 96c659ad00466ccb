package dev.caravan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caravan.connector.mattermost.MattermostRule;
import dev.caravan.model.Words;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a report can name it can say in words. Both languages have the same keys: {@link WordsTest}. */
class RuleWordsTest {

    private static final Pattern FOUND = Pattern.compile("new Finding\\(\\s*\"([a-z-]+)\"");
    private static final Pattern FILTERED = Pattern.compile("What\\.FILTERED,\\s*\"([a-z-]*[a-z])\"");
    private static final Pattern REFUSED = Pattern.compile(
            "(?:refuse\\([^;]*?\"(?:link|canonical|target)\",|stage,|refused\\((?:raw|framer\\.\\w+\\(\\)),)\\s*\"([a-z0-9-]+)\"");

    @Test
    void everyRuleOfTheOperatorsFilesHasWords() throws IOException {
        var rules = new TreeSet<String>();
        try (var files = Files.list(Path.of("routes/rules"))) {
            for (Path file : files.toList()) {
                var tree = new YAMLMapper().readTree(file.toFile());
                tree.findValues("rule").stream().map(JsonNode::asText).forEach(rules::add);
                tree.path("rules").forEach(rule -> rules.add(rule.path("id").asText()));
            }
        }

        assertThat(rules).hasSizeGreaterThan(60).allSatisfy(this::hasWords);
    }

    @Test
    void everyRuleOfTheTargetHasWords() {
        assertThat(MattermostRule.values()).allSatisfy(rule -> hasWords(rule.id()));
    }

    @Test
    void everyRuleInTheCodeHasWords() throws IOException {
        var rules = in(FOUND);
        rules.addAll(in(FILTERED));

        assertThat(rules).hasSizeGreaterThan(10).allSatisfy(this::hasWords);
    }

    @Test
    void everyCauseOfDeadLettersHasWords() throws IOException {
        assertThat(in(REFUSED)).hasSizeGreaterThan(8).allSatisfy(cause -> assertThat(
                        Words.ENGLISH.find("cause." + cause))
                .as(cause)
                .isPresent());
    }

    @Test
    void whateverVerificationNeverComparesHasWords() throws IOException {
        var never = in(Pattern.compile("\n\\s+\"((?:membership|message|user)\\.[a-z]+)\"[,)]"));

        assertThat(never).isNotEmpty().allSatisfy(field -> assertThat(Words.ENGLISH.find("report.unchecked." + field))
                .as(field)
                .isPresent());
    }

    private void hasWords(String rule) {
        assertThat(Words.ENGLISH.find("rule." + rule)).as(rule).isPresent();
    }

    private static TreeSet<String> in(Pattern pattern) throws IOException {
        var found = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                pattern.matcher(Files.readString(file)).results().forEach(match -> found.add(match.group(1)));
            }
        }
        return found;
    }
}
