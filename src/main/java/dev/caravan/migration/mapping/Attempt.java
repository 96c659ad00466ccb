package dev.caravan.migration.mapping;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Problem;

/**
 * What a record became with a template that somebody tries.
 *
 * @param source in the source's shape, with what the reader knew beside it
 * @param canonical null when it did not get so far
 * @param target what the template to the target answers; null when it did not get so far
 * @param rules that changed or left out something of it
 * @param filtered the rule that left it out, or null
 * @param refused the cause that refused it, and what is wrong; or null
 * @param problem what is wrong with the template, or null
 * @param fields those the template makes, with what they became
 */
public record Attempt(
        JsonNode source,
        JsonNode canonical,
        JsonNode target,
        List<String> rules,
        String filtered,
        String refused,
        Problem problem,
        List<Field> fields) {

    /**
     * @param value of the record that is tried; null when it has none there
     * @param same fields on the other side that have the very same value
     * @param line of the template, from 1
     * @param from where its expression begins in the template
     * @param to where it ends
     */
    public record Field(String path, String value, List<String> same, int line, int from, int to, String expression) {}
}
