package dev.caravan.console;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;

import dev.caravan.model.Problem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Nobody signs in yet, so only programs on this machine may use the API, whatever address the service is bound to: not a
 * proxy's clients, which ask for another host, and not a page of another origin in a browser here.
 */
public class ThisMachineOnly {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int FORBIDDEN = 403;

    @ServerRequestFilter
    public Response refuse(ContainerRequestContext context, HttpServerRequest request) throws UnknownHostException {
        var uri = context.getUriInfo().getRequestUri();
        var origin = context.getHeaderString("Origin");
        var local = InetAddress.getByName(request.remoteAddress().hostAddress()).isLoopbackAddress()
                && NAMES.contains(uri.getHost())
                && (origin == null || uri.getAuthority().equals(authority(origin)));
        return local
                ? null
                : Response.status(FORBIDDEN)
                        .type(MediaType.APPLICATION_JSON)
                        .entity(new RunResource.Told("CRV-570", new Problem("CRV-570").getMessage()))
                        .build();
    }

    private static String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException noAddress) {
            return "";
        }
    }
}
