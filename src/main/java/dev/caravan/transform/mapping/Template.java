package dev.caravan.transform.mapping;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import com.schibsted.spt.data.jslt.parser.TokenMgrError;
import dev.caravan.model.Problem;

/** One compiled template, and how often it was asked and selected nothing. Thread-safe. */
final class Template {

    private static final Pattern STOPPED = Pattern.compile("at line (\\d{1,9}), column (\\d{1,9})");

    private final String name;
    private final Expression expression;
    private final LongAdder applied = new LongAdder();
    private final LongAdder nothing = new LongAdder();

    private Template(String name, Expression expression) {
        this.name = name;
        this.expression = expression;
    }

    /** @param name says which template it is in messages and dead letters; the same wherever the folder lies */
    static Template compile(String name, Path file, Collection<Function> functions) {
        try {
            return compile(name, Files.readString(file), file, functions);
        } catch (IOException e) {
            throw new Problem(e, "CRV-505", name, words(e.getMessage()));
        }
    }

    /** @param file from whose folder it imports */
    static Template compile(String name, String text, Path file, Collection<Function> functions) {
        try {
            var parser = new Parser(new StringReader(text))
                    .withSource(name)
                    .withFunctions(functions)
                    .withResourceResolver(
                            new FolderImports(file.toAbsolutePath().getParent()));
            return new Template(name, parser.compile());
        } catch (JsltException e) {
            throw broken(name, e);
        } catch (TokenMgrError e) {
            throw new Problem(e, "CRV-503", name, words(e.getMessage()));
        }
    }

    /** Empty when the template answers null or an object without fields. */
    Optional<JsonNode> apply(Map<String, JsonNode> variables, JsonNode input) {
        applied.increment();
        JsonNode answer;
        try {
            answer = expression.apply(variables, input);
        } catch (RuntimeException | StackOverflowError e) {
            throw MappingFailed.of(name, e);
        }
        if (answer == null || answer.isNull() || answer.isMissingNode() || (answer.isObject() && answer.isEmpty())) {
            nothing.increment();
            return Optional.empty();
        }
        return Optional.of(answer);
    }

    String name() {
        return name;
    }

    Selection selection() {
        return new Selection(applied.sum(), nothing.sum());
    }

    private static Problem broken(String name, JsltException e) {
        var source = e.getSource() == null ? name : e.getSource();
        var message = words(e.getMessageWithoutLocation());
        // The exception's own place is where the parser began the construct; the text knows where it stopped.
        var stopped = STOPPED.matcher(message);
        return stopped.find()
                ? new Problem(e, "CRV-502", source, number(stopped, 1), number(stopped, 2), message)
                : new Problem(e, "CRV-502", source, e.getLine(), e.getColumn(), message);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** JSLT's messages run over several lines and end in a list of tokens; a message for people is one sentence. */
    private static String words(String message) {
        return message == null ? "" : message.strip().replaceAll("\\s+", " ").replaceAll(" ?Was expecting.*", "");
    }
}
