package dev.caravan.model;

/**
 * Thrown by an all-or-nothing sink that took nothing of a batch because of one record in it: the batch is halved until
 * the record stands alone. A sink that can tell the record answers {@link Outcome.Refused} instead.
 */
public class RecordRefused extends Exception {

    private final String refusal;

    /**
     * @param refusal stable id of the cause
     * @param detail for people, without any of the text
     */
    public RecordRefused(String refusal, String detail) {
        super(detail);
        this.refusal = refusal;
    }

    public String refusal() {
        return refusal;
    }
}
