package dev.caravan.transport;

/**
 * What an archive from outside may hold before it is refused.
 *
 * @param entries files and folders in one archive
 * @param totalBytes all entries of one archive together, unpacked
 * @param entryBytes one entry, unpacked
 * @param ratio unpacked bytes per packed byte, of any entry above {@link #SMALL} and of the archive as a whole
 */
public record ArchiveLimits(long entries, long totalBytes, long entryBytes, long ratio) {

    public static final ArchiveLimits DEFAULT = new ArchiveLimits(5_000_000, 1L << 40, 1L << 36, 200);

    /** Entries up to this size, unpacked, are no danger whatever their ratio. */
    public static final long SMALL = 1 << 20;
}
