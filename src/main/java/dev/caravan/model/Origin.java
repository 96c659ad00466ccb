package dev.caravan.model;

/**
 * Where a raw record was found.
 *
 * @param archive file name of the export, without its folder
 * @param entry name of the entry inside the archive, or of the file
 * @param index place in the entry's array of records, from 0; -1 for the entry as a whole
 * @param offset first byte of the record in the (decompressed) entry, from 0; -1 when unknown
 */
public record Origin(String archive, String entry, long index, long offset) {

    @Override
    public String toString() {
        return archive + "!" + entry + (index < 0 ? "" : "#" + index);
    }
}
