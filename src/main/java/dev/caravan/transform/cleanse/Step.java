package dev.caravan.transform.cleanse;

import com.fasterxml.jackson.databind.JsonNode;

/** One compiled rule. Thread-safe. */
interface Step {

    /** The tree, the same when nothing changes; never changed in place. What was done or refused goes to the notes. */
    JsonNode apply(JsonNode tree, Notes notes);
}
