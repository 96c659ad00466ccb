package dev.caravan.console.access;

import java.net.InetAddress;
import java.net.UnknownHostException;

import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** Metrics and the details of health are for whoever is on this machine; beyond it for viewers, who sign in by HTTP Basic. */
public class ManagementAccess {

    private static final int BEFORE_EVERYTHING = -1000;

    private final Settings settings;
    private final Authentication authentication;

    public ManagementAccess(Settings settings, Authentication authentication) {
        this.settings = settings;
        this.authentication = authentication;
    }

    void register(@Observes ManagementInterface management) {
        if (!loopback(settings.serve().managementHost())) {
            management.router().route().order(BEFORE_EVERYTHING).handler(this::admit);
        }
    }

    private void admit(RoutingContext request) {
        var context = Vertx.currentContext();
        authentication
                .byPassword(request)
                .emitOn(rest -> context.runOnContext(nothing -> rest.run()))
                .subscribe()
                .with(
                        caller -> admit(request, caller),
                        refused -> refuse(
                                request,
                                refused instanceof Problem
                                        ? HttpResponseStatus.TOO_MANY_REQUESTS
                                        : HttpResponseStatus.UNAUTHORIZED));
    }

    private static void admit(RoutingContext request, SecurityIdentity caller) {
        if (caller == null) {
            refuse(request, HttpResponseStatus.UNAUTHORIZED);
        } else if (caller.hasRole(Roles.VIEWER)) {
            request.next();
        } else {
            refuse(request, HttpResponseStatus.FORBIDDEN);
        }
    }

    private static void refuse(RoutingContext request, HttpResponseStatus why) {
        request.response()
                .setStatusCode(why.code())
                .putHeader("WWW-Authenticate", Authentication.CHALLENGE)
                .end();
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
