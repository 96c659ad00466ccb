package dev.caravan.transform.mapping;

/**
 * How a template did so far.
 *
 * @param applied records it was given
 * @param nothing records of these for which it answered nothing
 */
public record Selection(long applied, long nothing) {

    /** A template that was given records and made nothing of any of them is wrong, not the records. */
    public boolean selectedNothingAtAll() {
        return applied > 0 && nothing == applied;
    }
}
