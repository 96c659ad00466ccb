package dev.caravan.model;

/**
 * What a read action is asked for: the records of one kind in one lane, after a position.
 *
 * @param position the {@link Batch#position()} of the last batch committed, or null to start at the beginning
 */
public record ReadRequest(Kind kind, Lane lane, String position) {

    /** Header: path of the package that was sealed last, for a sink whose setting names a folder of them. */
    public static final String SEALED = "caravanSealed";

    /** Header: names of people whom packages before brought; the target knows them, this package does not name them. */
    public static final String IMPORTED = "caravanImported";
}
