package dev.caravan.connector.slack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transform.mapping.NamedFunction;
import dev.caravan.transform.text.SlackMarkup;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What mappings of Slack need beyond JSLT: {@code slack-text(message)}, {@code slack-card-text(attachment)} and
 * {@code slack-markup(string)} give canonical text,
 * {@code slack-time(time)} us since 1970, {@code slack-ts(time)} the time as Slack writes it, {@code slack-policy(subtype)} the
 * row of {@code rules/slack-subtypes.yaml}.
 */
@ApplicationScoped
public class SlackFunctions implements MappingFunctions {

    private final SlackMarkup markup = new SlackMarkup();

    /**
     * Reads the table anew, so that it always belongs to the mapping it is compiled into. A house without Slack need not
     * have one.
     */
    @Override
    public Collection<Function> functions(Path routes) {
        var rules = routes.resolve("rules/slack-subtypes.yaml");
        var policy = Files.exists(rules) ? SubtypePolicy.read(rules) : SubtypePolicy.absent(rules);
        return List.of(
                function("slack-text", message -> TextNode.valueOf(markup.message(message))),
                function("slack-card-text", this::cardText),
                function("slack-markup", this::markup),
                function("slack-time", SlackFunctions::time),
                function("slack-ts", SlackFunctions::ts),
                function("slack-policy", subtype -> policy.of(subtype.asText())));
    }

    private JsonNode cardText(JsonNode attachment) {
        var text = markup.attachment(attachment);
        return text.isEmpty() ? NullNode.instance : TextNode.valueOf(text);
    }

    private JsonNode markup(JsonNode text) {
        return text.isTextual() ? TextNode.valueOf(markup.mrkdwn(text.textValue())) : NullNode.instance;
    }

    private static JsonNode time(JsonNode time) {
        long micros = SlackTimes.micros(time);
        return micros == SlackTimes.NONE ? NullNode.instance : LongNode.valueOf(micros);
    }

    private static JsonNode ts(JsonNode time) {
        var ts = SlackTimes.ts(time);
        if (ts == null) {
            return NullNode.instance;
        }
        return time.isTextual() && ts.equals(time.textValue()) ? time : TextNode.valueOf(ts);
    }

    private static Function function(String name, UnaryOperator<JsonNode> body) {
        return new NamedFunction(name, 1, args -> body.apply(args[0]));
    }
}
