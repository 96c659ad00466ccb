package dev.caravan.model;

import java.util.List;

/**
 * The source conversations that end in one target conversation, nearly always one: the unit of order and parallelism.
 *
 * @param id names the lane in checkpoints; the first of its conversations, or empty for "all the source has"
 * @param conversations source ids of the conversations; empty when the source is one undivided stream
 */
public record Lane(String id, List<String> conversations) {

    public static final Lane WHOLE = new Lane("", List.of());

    public Lane {
        conversations = List.copyOf(conversations);
    }

    public static Lane of(String conversation) {
        return new Lane(conversation, List.of(conversation));
    }
}
