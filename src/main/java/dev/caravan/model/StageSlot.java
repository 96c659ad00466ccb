package dev.caravan.model;

/**
 * Where a file sink staged a record.
 *
 * @param segment number of the segment file
 * @param offset first byte in the segment
 * @param length bytes
 */
public record StageSlot(int segment, long offset, int length) {}
