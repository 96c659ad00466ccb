package dev.caravan.console.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;

/** The cookie that says which session a browser's request belongs to. */
final class SessionCookie {

    static final String NAME = "caravan_session";

    /** Browsers take a cookie of such a name only from a page that came by TLS, and from no other host of the domain. */
    private static final String NAME_BY_TLS = "__Host-" + NAME;

    private SessionCookie() {}

    /** Empty when there is none. */
    static String of(RoutingContext request) {
        var cookie = request.request().getCookie(name(request));
        return cookie == null ? "" : cookie.getValue();
    }

    static void set(RoutingContext request, String id) {
        request.response().addCookie(cookie(request, id));
    }

    static void remove(RoutingContext request) {
        request.response().addCookie(cookie(request, "").setMaxAge(0));
    }

    private static Cookie cookie(RoutingContext request, String value) {
        return Cookie.cookie(name(request), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(request.request().isSSL())
                .setSameSite(CookieSameSite.STRICT);
    }

    private static String name(RoutingContext request) {
        return request.request().isSSL() ? NAME_BY_TLS : NAME;
    }
}
