package dev.caravan.connector.mattermost;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transform.mapping.NamedFunction;
import dev.caravan.transform.text.EmojiNames;
import dev.caravan.transform.text.MattermostMarkup;
import dev.caravan.transform.text.Reference;
import dev.caravan.transform.text.References;
import jakarta.enterprise.context.ApplicationScoped;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * What the mappings to and from Mattermost need beyond JSLT:
 *
 * <ul>
 *   <li>{@code mattermost-text(text, links)}: canonical text as Mattermost shows it
 *   <li>{@code mattermost-plain(text)}: the letters of a text, for fields that show no markup
 *   <li>{@code mattermost-canonical-text(text, people)}: and back; people are the fields of an object
 *   <li>{@code mattermost-emoji(name)}: a valid emoji name
 *   <li>{@code mattermost-canonical-reactions(array)}: by emoji, each with its people, in the order of the first of each
 *   <li>{@code mattermost-path(fileId, name)}: where an attachment lies in the package
 *   <li>{@code mattermost-cut(text, n)}: at most n characters
 *   <li>{@code mattermost-locale(tag)}: the interface language for a BCP 47 tag, null when there is none
 *   <li>{@code mattermost-ms(time)}: us to ms
 *   <li>{@code mattermost-email(address)}: the address if the server takes it, else null
 *   <li>{@code mattermost-auth-data(data)}: the same of what identifies somebody at an auth service
 *   <li>{@code mattermost-own-emoji(name)}: whether the server has one of this name
 *   <li>{@code mattermost-mentions-group(text)}: whether a canonical text mentions a group other than here, channel, everyone
 * </ul>
 */
@ApplicationScoped
public class MattermostFunctions implements MappingFunctions {

    /** Languages of the interface that are more than a language code. */
    private static final Set<String> REGIONAL = Set.of("en-AU", "pt-BR", "zh-CN", "zh-TW");

    private static final Set<String> LANGUAGES = Set.of(
            "bg", "de", "en", "es", "fa", "fr", "hu", "it", "ja", "ko", "nl", "pl", "ro", "ru", "sv", "tr", "uk", "vi");

    private static final String GROUP = "](caravan:group/";
    private static final Parser MARKDOWN = Parser.builder().build();
    private static final TextContentRenderer PLAIN =
            TextContentRenderer.builder().build();

    private final MattermostMarkup markup = new MattermostMarkup();

    @Override
    public Collection<Function> functions(Path routes) {
        return List.of(
                new NamedFunction("mattermost-text", 2, args -> text(args[0], args[1])),
                new NamedFunction("mattermost-plain", 1, args -> plain(args[0])),
                new NamedFunction("mattermost-canonical-text", 2, args -> canonicalText(args[0], args[1])),
                new NamedFunction(
                        "mattermost-emoji", 1, args -> TextNode.valueOf(EmojiNames.toMattermost(args[0].asText()))),
                new NamedFunction("mattermost-canonical-reactions", 1, args -> reactions(args[0])),
                new NamedFunction(
                        "mattermost-path",
                        2,
                        args -> TextNode.valueOf(FileNames.path(args[0].asText(), args[1].asText()))),
                new NamedFunction("mattermost-cut", 2, args -> cut(args[0], args[1].asInt())),
                new NamedFunction("mattermost-locale", 1, args -> locale(args[0].asText(""))),
                new NamedFunction("mattermost-ms", 1, args -> ms(args[0])),
                new NamedFunction("mattermost-email", 1, args -> kept(args[0], EmailAddresses::valid)),
                new NamedFunction("mattermost-auth-data", 1, args -> kept(args[0], EmailAddresses::fits)),
                new NamedFunction(
                        "mattermost-own-emoji", 1, args -> BooleanNode.valueOf(SystemEmoji.has(args[0].asText()))),
                new NamedFunction("mattermost-mentions-group", 1, args -> BooleanNode.valueOf(mentionsGroup(args[0]))));
    }

    private JsonNode text(JsonNode text, JsonNode links) {
        if (!text.isTextual()) {
            return NullNode.instance;
        }
        return TextNode.valueOf(markup.fromCommonMark(text.textValue(), new LinkNames(links)::show));
    }

    private static JsonNode plain(JsonNode text) {
        return text.isTextual() ? TextNode.valueOf(PLAIN.render(MARKDOWN.parse(text.textValue()))) : NullNode.instance;
    }

    /**
     * A name counts as one that exists: what is no reference was written so that it does not look like one. Only a dot or
     * the like at its end belongs to the text, unless somebody is called so.
     */
    private JsonNode canonicalText(JsonNode text, JsonNode people) {
        return text.isTextual()
                ? TextNode.valueOf(markup.toCommonMark(
                        text.textValue(),
                        name -> endsAsWord(name) || people.has(name),
                        name -> endsAsWord(name) && name.indexOf('.') < 0))
                : NullNode.instance;
    }

    private static boolean endsAsWord(String name) {
        return Character.isLetterOrDigit(name.charAt(name.length() - 1));
    }

    private static JsonNode reactions(JsonNode reactions) {
        var byEmoji = new LinkedHashMap<String, ArrayNode>();
        for (var reaction : reactions) {
            String emoji = EmojiNames.split(reaction.path("emoji_name").asText(""));
            byEmoji.computeIfAbsent(emoji, name -> JsonNodeFactory.instance.arrayNode())
                    .add(reaction.path("user"));
        }
        if (byEmoji.isEmpty()) {
            return NullNode.instance;
        }
        var canonical = JsonNodeFactory.instance.arrayNode();
        byEmoji.forEach(
                (emoji, users) -> canonical.addObject().put("emoji", emoji).set("users", users));
        return canonical;
    }

    private static JsonNode cut(JsonNode text, int runes) {
        if (!text.isTextual() || text.textValue().isEmpty()) {
            return NullNode.instance;
        }
        String whole = text.textValue();
        return whole.codePointCount(0, whole.length()) <= runes
                ? text
                : TextNode.valueOf(whole.substring(0, whole.offsetByCodePoints(0, runes)));
    }

    private static JsonNode locale(String tag) {
        String language = tag.replace('_', '-');
        if (REGIONAL.contains(language)) {
            return TextNode.valueOf(language);
        }
        String base = language.split("-")[0];
        if (base.equals("zh")) {
            boolean traditional = language.contains("Hant") || language.endsWith("-HK") || language.endsWith("-MO");
            return TextNode.valueOf(traditional ? "zh-TW" : "zh-CN");
        }
        return LANGUAGES.contains(base) ? TextNode.valueOf(base) : NullNode.instance;
    }

    private static JsonNode kept(JsonNode value, Predicate<String> valid) {
        return value.isTextual() && valid.test(value.textValue()) ? value : NullNode.instance;
    }

    private static boolean mentionsGroup(JsonNode text) {
        return text.isTextual()
                && text.textValue().contains(GROUP)
                && References.in(text.textValue()).stream()
                        .anyMatch(reference ->
                                reference.kind() == Reference.Kind.GROUP && LinkNames.group(reference.id()) == null);
    }

    private static JsonNode ms(JsonNode time) {
        return time.isNumber() ? LongNode.valueOf(time.longValue() / 1000) : NullNode.instance;
    }
}
