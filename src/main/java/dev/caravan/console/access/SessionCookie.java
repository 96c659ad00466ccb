package dev.caravan.console.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;

/** The cookie that says which session a browser's request belongs to. */
final class SessionCookie {

    static final String NAME = "caravan_session";

    private SessionCookie() {}

    /** Empty when there is none. */
    static String of(RoutingContext request) {
        var cookie = request.request().getCookie(NAME);
        return cookie == null ? "" : cookie.getValue();
    }

    static void set(RoutingContext request, String id) {
        request.response()
                .addCookie(Cookie.cookie(NAME, id)
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSecure(request.request().isSSL())
                        .setSameSite(CookieSameSite.STRICT));
    }

    static void remove(RoutingContext request) {
        request.response().removeCookie(NAME);
    }
}
