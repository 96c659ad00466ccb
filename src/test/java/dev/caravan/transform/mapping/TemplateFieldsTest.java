package dev.caravan.transform.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class TemplateFieldsTest {

    @Test
    void eachFieldHasItsExpressionAndItsPlace() {
        var template =
                """
                // "not": "this"
                def twice(x) {"inner": $x + $x}
                let unused = {"neither": .a}
                {
                  "id": .id + "/" + .ts,
                \t"post": {"text": if (.a) "x, y" else "}", "list": [for (.b) {"each": .}]},
                  * : .
                }""";

        assertThat(TemplateFields.of(template))
                .extracting(TemplateField::path, TemplateField::expression)
                .containsExactly(
                        tuple("id", ".id + \"/\" + .ts"),
                        tuple("post.text", "if (.a) \"x, y\" else \"}\""),
                        tuple("post.list[].each", "."));
        assertThat(TemplateFields.of(template))
                .allSatisfy(field ->
                        assertThat(template.substring(field.from(), field.to())).isEqualTo(field.expression()))
                .first()
                .satisfies(field -> assertThat(field.line()).isEqualTo(5));
    }

    @Test
    void aTextThatIsNoTemplateHasNoFields() {
        assertThat(TemplateFields.of("{\"a\": ")).isEmpty();
        assertThat(TemplateFields.of("")).isEmpty();
        assertThat(TemplateFields.of("{\"a\": \"open")).isEmpty();
    }

    static Stream<Path> templates() throws IOException {
        return Files.walk(Path.of("routes/mappings"))
                .filter(file -> file.toString().endsWith(".jslt"))
                .filter(file -> file.getFileName().toString().matches("(user|channel|membership|emoji|message).jslt"));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void everyTemplateThatComesWithCaravanIsATableOfFields(Path file) throws IOException {
        var template = Files.readString(file);

        assertThat(TemplateFields.of(template)).isNotEmpty().allSatisfy(field -> assertThat(
                        template.substring(field.from(), field.to()))
                .isEqualTo(field.expression())
                .isNotBlank());
    }
}
