package dev.caravan.migration.report;

import dev.caravan.model.Link;

/** How people know at the source what a link leads to the target. */
final class SourceNames {

    /** What the target's names of direct conversations begin with; their people follow. */
    static final String DIRECT = "direct/";

    private SourceNames() {}

    /** Of a direct conversation its people, of anything without a name its id. */
    static String of(Link link) {
        if (link.target().startsWith(DIRECT)) {
            return link.target().substring(DIRECT.length()).replace(",", ", ");
        }
        return link.name() == null || link.name().isEmpty() ? link.sourceId() : link.name();
    }
}
