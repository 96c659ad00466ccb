package dev.caravan.connector.mattermost;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One record found in a line.
 *
 * @param source with the context; null for a copy, which is no record of its own
 * @param merged objects that went on with the record and are part of it
 */
record PackageRecord(ObjectNode source, int merged) {

    static final PackageRecord COPY = new PackageRecord(null, 0);
}
