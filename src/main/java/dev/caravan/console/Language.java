package dev.caravan.console;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.caravan.model.Words;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;

/** The language of whoever asks: chosen by the switch of the pages, else the browser's. */
@RequestScoped
public class Language {

    /** Chosen by the reader for the reader's own browser. */
    private static final String COOKIE = "caravan_lang";

    private static final Duration ONE_YEAR = Duration.ofDays(365);

    private static final String HEADER = "Accept-Language";

    private final RoutingContext request;
    private Words chosen;

    public Language(RoutingContext request) {
        this.request = request;
    }

    public Words words() {
        return chosen == null ? of(request) : chosen;
    }

    /** Of a request that has no beans of its own yet. */
    public static Words of(RoutingContext request) {
        var kept = request.request().getCookie(COOKIE);
        if (kept != null) {
            return Words.in(Locale.forLanguageTag(kept.getValue()));
        }
        var accepted = request.request().getHeader(HEADER);
        return accepted == null ? Words.ENGLISH : Words.in(first(accepted));
    }

    /** For this page and, in this browser, those that follow. */
    public void choose(String tag) {
        chosen = Words.in(Locale.forLanguageTag(tag));
        request.response()
                .addCookie(Cookie.cookie(COOKIE, chosen.locale().getLanguage())
                        .setPath("/")
                        .setMaxAge(ONE_YEAR.toSeconds())
                        .setHttpOnly(true)
                        .setSecure(request.request().isSSL())
                        .setSameSite(CookieSameSite.STRICT));
    }

    private static Locale first(String accepted) {
        try {
            var wanted = Locale.LanguageRange.parse(accepted);
            var best = Locale.lookup(wanted, List.of(Locale.ENGLISH, Locale.CHINESE));
            return best == null ? Locale.ENGLISH : best;
        } catch (IllegalArgumentException noList) {
            return Locale.ENGLISH;
        }
    }
}
