package dev.caravan.console;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while every route is started. */
@Readiness
@ApplicationScoped
public class RoutesHealth implements HealthCheck {

    private final CamelContext camel;

    public RoutesHealth(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public HealthCheckResponse call() {
        var stopped = List.copyOf(camel.getRoutes()).stream()
                .map(Route::getRouteId)
                .filter(id -> !camel.getRouteController().getRouteStatus(id).isStarted())
                .toList();
        return HealthCheckResponse.named("routes")
                .status(camel.isStarted() && !camel.getRoutes().isEmpty() && stopped.isEmpty())
                .withData("stopped", String.join(", ", stopped))
                .build();
    }
}
