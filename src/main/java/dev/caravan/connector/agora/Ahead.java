package dev.caravan.connector.agora;

import java.util.Iterator;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An iterator that has to look whether there is more. */
abstract class Ahead implements Iterator<ObjectNode> {

    private ObjectNode next;

    /** @return null at the end, and from then on */
    abstract ObjectNode find();

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = find();
        }
        return next != null;
    }

    @Override
    public ObjectNode next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var found = next;
        next = null;
        return found;
    }
}
