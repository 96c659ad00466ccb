package dev.caravan.model;

/**
 * One thing a run did to the target, and so can be taken back.
 *
 * @param what the sink's own word for it: message, reaction, member, room, user, file
 * @param target what to take back, in the sink's own words
 * @param mark what it looked like when we left it, so that what people changed since stays; or null
 */
public record Effect(String what, String target, String mark) {}
