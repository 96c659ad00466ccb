package dev.caravan.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import dev.caravan.console.Language;
import dev.caravan.console.access.Caller;
import dev.caravan.migration.Settings;
import io.quarkus.qute.Engine;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;

/** A page with what all pages have: the language, who reads it, what must come along with each change. */
@RequestScoped
public class Pages {

    private static final String LANGUAGE = "lang";

    private final Engine engine;
    private final Language language;
    private final Caller caller;
    private final Settings settings;
    private final RoutingContext request;

    public Pages(Engine engine, Language language, Caller caller, Settings settings, RoutingContext request) {
        this.engine = engine;
        this.language = language;
        this.caller = caller;
        this.settings = settings;
        this.request = request;
    }

    /** @param name of a template in {@code templates/console} */
    public TemplateInstance page(String name) {
        var chosen = request.request().getParam(LANGUAGE);
        if (chosen != null) {
            language.choose(chosen);
        }
        var words = language.words();
        return engine.getTemplate("console/" + name + ".html")
                .data("page", name)
                .data("path", request.normalizedPath())
                .data("otherParameters", otherParameters())
                .data("caller", caller)
                .data("words", words)
                .data("say", new ConsoleWords(words, settings.timeZone()));
    }

    /** What else than the language stands behind the address, ready for more to follow. */
    private String otherParameters() {
        return request.queryParams().entries().stream()
                .filter(parameter -> !parameter.getKey().equals(LANGUAGE))
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()) + "&")
                .collect(Collectors.joining());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
