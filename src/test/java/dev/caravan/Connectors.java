package dev.caravan;

import java.util.List;

/** What the connectors contribute to a run. */
final class Connectors {

    static final List<Object> ALL = List.of();

    private Connectors() {}
}
