package dev.caravan.console.api;

import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The bare answer anybody may have: up or down. What exactly is down tells {@code /q/health} to whoever signed in. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class HealthResource {

    private static final int UNAVAILABLE = 503;

    private final SmallRyeHealthReporter reporter;

    public HealthResource(SmallRyeHealthReporter reporter) {
        this.reporter = reporter;
    }

    /** @param status UP or DOWN */
    public record Health(String status) {}

    @GET
    @Path("/ready")
    public Response ready() {
        return answer(!reporter.getReadiness().isDown());
    }

    @GET
    @Path("/live")
    public Response live() {
        return answer(!reporter.getLiveness().isDown());
    }

    private static Response answer(boolean up) {
        return Response.status(up ? 200 : UNAVAILABLE)
                .entity(new Health(up ? "UP" : "DOWN"))
                .build();
    }
}
