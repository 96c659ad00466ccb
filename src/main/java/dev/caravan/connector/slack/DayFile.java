package dev.caravan.connector.slack;

/**
 * The messages of one conversation and day in one archive.
 *
 * @param archive place of the archive among those of the source
 * @param entry name in the archive
 * @param day days since 1970
 */
record DayFile(int archive, String entry, String conversation, int day) {}
