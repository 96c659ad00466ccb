package dev.caravan.connector.jdbc;

import java.util.List;
import java.util.Map;

import dev.caravan.transport.TargetPlaces;
import jakarta.enterprise.context.ApplicationScoped;

/** The table and the key of the first row that a record became. */
@ApplicationScoped
public class JdbcPlaces implements TargetPlaces {

    @Override
    public String sinkKind() {
        return JdbcNames.SINK;
    }

    @Override
    public Place of(Arrived arrived, Map<String, String> sink) {
        var bar = arrived.effect() == null ? -1 : arrived.effect().indexOf('|');
        return bar < 0
                ? BY_ID.of(arrived, sink)
                : new Place(
                        null,
                        "jdbc",
                        List.of(
                                arrived.effect().substring(0, bar),
                                arrived.effect().substring(bar + 1)));
    }
}
