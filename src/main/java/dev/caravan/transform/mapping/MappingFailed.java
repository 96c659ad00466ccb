package dev.caravan.transform.mapping;

import java.util.List;

import com.schibsted.spt.data.jslt.JsltException;

/** A template that broke on one record. The message names place and kind of the failure, and nothing of the record. */
public class MappingFailed extends RuntimeException {

    /** How JSLT's messages begin; what follows in them are values of the record. */
    private static final List<String> OPENINGS = List.of(
            "Cannot convert",
            "Could not convert",
            "Can't parse",
            "Contains cannot operate on",
            "Duplicate key",
            "For loop can't iterate over",
            "Function size() cannot work on",
            "Object comprehension can't loop over",
            "Object comprehension must have string as key",
            "Object key must be string",
            "Regexp cannot be null",
            "String index out of range",
            "Syntax error in regular expression",
            "all() requires an array",
            "any() requires an array",
            "array() cannot convert",
            "capture() can't match against null regexp",
            "ceiling() cannot round a non-number",
            "error",
            "flatten() cannot operate on",
            "floor() cannot round a non-number",
            "format-time",
            "from-json can't parse",
            "get-key: can't look up keys",
            "hash-int: can't process json",
            "index-of() first argument must be an array",
            "mod(): cannot divide by zero",
            "mod(): dividend cannot be a non-number",
            "mod(): divisor cannot be a non-number",
            "mod(): operands must be integral types",
            "number(",
            "parse-time",
            "round() cannot round a non-number",
            "split() can't split on null",
            "sum(): argument must be array",
            "sum(): array must contain numbers",
            "test() can't test null regexp",
            "to-json can't serialize",
            "zip() arrays were of unequal size",
            "zip() requires arrays",
            "zip-with-index() argument must be an array");

    private MappingFailed(String message) {
        super(message);
    }

    static MappingFailed of(String template, Throwable cause) {
        if (cause instanceof JsltException e) {
            var place = e.getSource() == null ? template : e.getSource() + ":" + e.getLine() + ":" + e.getColumn();
            return new MappingFailed(place + ": " + opening(e));
        }
        return new MappingFailed(template + ": " + cause.getClass().getSimpleName());
    }

    private static String opening(JsltException e) {
        var message = e.getMessageWithoutLocation();
        return OPENINGS.stream()
                .filter(message::startsWith)
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }
}
