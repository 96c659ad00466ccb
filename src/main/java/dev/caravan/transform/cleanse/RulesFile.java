package dev.caravan.transform.cleanse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;

/** Reads {@code rules/cleansing.yaml} and says at which line a rule is wrong. */
final class RulesFile {

    private static final List<String> EVERY_RULE = List.of("id", "description", "kinds", "source", "do");
    private static final List<String> OWN_RULE = List.of("match", "value", "replacement");
    private static final List<Action> OWN_ACTIONS =
            List.of(Action.SET_DEFAULT, Action.REMOVE, Action.REPLACE, Action.REFUSE);

    private final Path file;
    private final Set<String> ids = new HashSet<>();

    private RulesFile(Path file) {
        this.file = file;
    }

    static List<Rule> read(Path file) {
        return new RulesFile(file).rules();
    }

    private List<Rule> rules() {
        var yaml = new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        var rules = new ArrayList<Rule>();
        try (var parser = yaml.createParser(Files.readString(file))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Problem("CRV-511", file, 1, 1, "\"rules:\"");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                int line = parser.currentTokenLocation().getLineNr();
                if (!parser.currentName().equals("rules")) {
                    throw unknown(new Rule.Place(file.toString(), line, "-"), parser.currentName(), List.of("rules"));
                }
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw new Problem("CRV-511", file, line, 1, "rules: [...]");
                }
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    int at = parser.currentTokenLocation().getLineNr();
                    rules.add(rule(yaml.readTree(parser), at));
                }
            }
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new Problem(
                    e,
                    "CRV-511",
                    file,
                    at == null ? 1 : at.getLineNr(),
                    at == null ? 1 : at.getColumnNr(),
                    e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new Problem(e, "CRV-510", file);
        }
        return rules;
    }

    private Rule rule(JsonNode node, int line) {
        var anonymous = new Rule.Place(file.toString(), line, "-");
        if (!(node instanceof ObjectNode settings)) {
            throw new Problem("CRV-511", file, line, 1, "id, check, do");
        }
        var place = new Rule.Place(file.toString(), line, text(settings, "id", anonymous));
        if (!ids.add(place.id())) {
            throw new Problem("CRV-515", file, line, place.id());
        }
        boolean own = settings.has("match");
        var check = own ? null : check(text(settings, "check", place), place);
        var known = Stream.of(EVERY_RULE, own ? OWN_RULE : List.of("check"), own ? List.<String>of() : check.settings())
                .flatMap(Collection::stream)
                .toList();
        settings.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw unknown(place, name, known);
            }
        });
        var action = action(text(settings, "do", place), own ? OWN_ACTIONS : check.actions(), place);
        return new Rule(
                place.id(),
                kinds(settings, place),
                settings.path("source").asText(null),
                check,
                action,
                settings,
                place);
    }

    private static Check check(String word, Rule.Place place) {
        return Arrays.stream(Check.values())
                .filter(check -> check.word().equals(word))
                .findFirst()
                .orElseThrow(() -> unknown(
                        place,
                        word,
                        Arrays.stream(Check.values()).map(Check::word).toList()));
    }

    private static Action action(String word, List<Action> allowed, Rule.Place place) {
        var words = Stream.concat(allowed.stream(), Stream.of(Action.OFF)).toList();
        return words.stream()
                .filter(action -> action.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        unknown(place, word, words.stream().map(Action::word).toList()));
    }

    private static Set<Kind> kinds(ObjectNode settings, Rule.Place place) {
        var words = settings.get("kinds");
        if (words == null) {
            return EnumSet.allOf(Kind.class);
        }
        if (!words.isArray() || words.isEmpty()) {
            throw new Problem("CRV-514", place.file(), place.line(), place.id(), "kinds", "[message, user]");
        }
        var kinds = EnumSet.noneOf(Kind.class);
        for (var word : words) {
            kinds.add(Arrays.stream(Kind.values())
                    .filter(kind -> kind.word().equals(word.asText()))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            place,
                            word.asText(),
                            Arrays.stream(Kind.values()).map(Kind::word).toList())));
        }
        return kinds;
    }

    private static String text(ObjectNode settings, String name, Rule.Place place) {
        // YAML 1.1 reads a bare off as false.
        if (name.equals("do")
                && settings.path(name).isBoolean()
                && !settings.path(name).asBoolean()) {
            return Action.OFF.word();
        }
        var node = settings.get(name);
        if (node == null || !node.isTextual() || node.asText().isBlank()) {
            throw new Problem("CRV-513", place.file(), place.line(), place.id(), name);
        }
        return node.asText();
    }

    private static Problem unknown(Rule.Place place, String word, List<String> known) {
        var all = known.stream().sorted().collect(Collectors.joining(", "));
        return new Problem("CRV-512", place.file(), place.line(), place.id(), word, all);
    }
}
