package dev.caravan.console.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** What every answer tells a browser to refuse. */
public class Headers {

    /** The page of the report is one self-contained file with its style inside; nothing in it is to run or to be fetched. */
    public static final String REPORT = "/report/page";

    private static final String OURS = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    /** Of our own origin, else a browser would ask for the tables it links to without the cookie of the session. */
    private static final String OF_REPORT = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-same-origin"
            + " allow-downloads; base-uri 'none'; frame-ancestors 'self'";

    private static final String ONE_YEAR = "max-age=31536000";
    private static final int BEFORE_EVERYTHING = 1000;

    void register(@Observes Filters filters) {
        filters.register(Headers::add, BEFORE_EVERYTHING);
    }

    private static void add(RoutingContext request) {
        var report = REPORT.equals(request.normalizedPath());
        request.response()
                .putHeader("Content-Security-Policy", report ? OF_REPORT : OURS)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", report ? "SAMEORIGIN" : "DENY")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (request.request().isSSL()) {
            request.response().putHeader("Strict-Transport-Security", ONE_YEAR);
        }
        if (!request.normalizedPath().startsWith("/static/")
                && !request.normalizedPath().startsWith("/webjars/")) {
            request.response().putHeader("Cache-Control", "no-store");
        }
        request.next();
    }
}
