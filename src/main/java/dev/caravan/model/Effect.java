package dev.caravan.model;

/**
 * One thing a run did to a live target, and so one thing that can be taken back.
 *
 * @param what the sink's own word for it: {@code message}, {@code reaction}, {@code room}
 * @param target what to take back, in the sink's own words
 * @param mark what it looked like when the run left it, so that a rollback leaves alone what people changed since; or null
 */
public record Effect(String what, String target, String mark) {}
