package dev.caravan.transform.mapping;

/**
 * One field that a template makes, as it stands in its text.
 *
 * @param path of the field: {@code post.message}; behind an array {@code []}
 * @param line from 1
 * @param from first character of its expression in the template, from 0
 * @param to behind the last
 */
public record TemplateField(String path, int line, int from, int to, String expression) {}
