package dev.caravan.transform.cleanse;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A place in a record.
 *
 * @param name the field's name when it stands at the top, else null
 */
record Field(JsonPointer pointer, String name) {

    static Field of(JsonPointer pointer) {
        return new Field(pointer, pointer.tail().matches() ? pointer.getMatchingProperty() : null);
    }

    /** The node there, or a missing node. */
    JsonNode read(JsonNode tree) {
        if (name == null) {
            return tree.at(pointer);
        }
        var node = tree.get(name);
        return node == null ? MissingNode.getInstance() : node;
    }

    /**
     * The tree with another value there; the given tree stays as it is, and so do the branches beside the way. A place
     * whose parent is not there cannot be written: the answer is the same tree.
     *
     * @param value null to remove the field
     */
    JsonNode write(JsonNode tree, JsonNode value) {
        return write(tree, pointer, value);
    }

    private static JsonNode write(JsonNode node, JsonPointer way, JsonNode value) {
        if (way.matches()) {
            return value;
        }
        var old = node.isArray() ? node.path(way.getMatchingIndex()) : node.path(way.getMatchingProperty());
        boolean last = way.tail().matches();
        if (!last && !old.isContainerNode()) {
            return node;
        }
        var changed = write(old, way.tail(), value);
        if (node instanceof ObjectNode object) {
            var copy = copy(object);
            if (changed == null) {
                copy.remove(way.getMatchingProperty());
            } else {
                copy.set(way.getMatchingProperty(), changed);
            }
            return copy;
        }
        if (node instanceof ArrayNode array && way.getMatchingIndex() >= 0 && way.getMatchingIndex() < array.size()) {
            var copy = array.arrayNode(array.size()).addAll(array);
            if (changed == null) {
                copy.remove(way.getMatchingIndex());
            } else {
                copy.set(way.getMatchingIndex(), changed);
            }
            return copy;
        }
        return node;
    }

    static ObjectNode copy(ObjectNode object) {
        ObjectNode copy = object.objectNode();
        copy.setAll(object);
        return copy;
    }

    @Override
    public String toString() {
        return pointer.toString();
    }
}
