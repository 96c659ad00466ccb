package dev.caravan.transform.link;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code links} a canonical record gets: what the mapping to the target reads instead of source ids. */
final class Links {

    static final String FIELD = "links";

    private Links() {}

    /** The canonical record plus its links; the canonical tree itself stays as it is. */
    static ObjectNode add(ObjectNode canonical, ObjectNode links) {
        ObjectNode linked = canonical.objectNode();
        linked.setAll(canonical);
        linked.set(FIELD, links);
        return linked;
    }
}
