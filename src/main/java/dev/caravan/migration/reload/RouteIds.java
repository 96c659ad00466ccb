package dev.caravan.migration.reload;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import dev.caravan.model.Problem;
import org.apache.camel.model.RouteDefinition;

/** The ids of all routes, each once: Camel would let the second route of an id replace the first without a word. */
final class RouteIds {

    private final Map<String, Place> places = new TreeMap<>();

    private record Place(Path file, int line) {}

    void add(RouteDefinition route, Path file) {
        var place = new Place(file, Math.max(1, route.getLineNumber()));
        var first = places.putIfAbsent(route.getId(), place);
        if (first != null) {
            throw new Problem(
                    "CRV-561",
                    place.file(),
                    place.line(),
                    route.getId(),
                    first.file().getFileName(),
                    first.line());
        }
    }

    boolean has(String id) {
        return places.containsKey(id);
    }
}
