package dev.caravan.migration.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;

/** One self-contained HTML file: everything that comes from data is escaped. */
public final class ReportPage {

    private final Template template;

    /** @param name of a file in {@code templates/} */
    public ReportPage(String name) {
        template = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .build()
                .parse(resource(name), Variant.forContentType(Variant.TEXT_HTML), name);
    }

    public String render(Object facts, Say say) {
        return template.data("facts", facts).data("say", say).render();
    }

    private static String resource(String name) {
        try (var in = ReportPage.class.getResourceAsStream("/templates/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
