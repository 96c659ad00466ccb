package dev.caravan.transport;

/**
 * What an archive from outside may hold before it is refused.
 *
 * @param entries files and folders in one archive
 * @param totalBytes all entries of one archive together, unpacked
 * @param entryBytes one entry, unpacked
 * @param ratio unpacked bytes per packed byte, of any entry above {@link #SMALL} and of the archive as a whole
 * @param skipsUnsafeNames entries whose names lead out of the archive are left out, and do not refuse it
 * @param skipsLinks the same for symbolic links
 * @param refusesNested archives in the archive refuse it; nobody unpacks them either way
 */
public record ArchiveLimits(
        long entries,
        long totalBytes,
        long entryBytes,
        long ratio,
        boolean skipsUnsafeNames,
        boolean skipsLinks,
        boolean refusesNested) {

    public static final ArchiveLimits DEFAULT = new ArchiveLimits(5_000_000, 1L << 40, 1L << 36, 200);

    public ArchiveLimits(long entries, long totalBytes, long entryBytes, long ratio) {
        this(entries, totalBytes, entryBytes, ratio, false, false, false);
    }

    public ArchiveLimits withEntries(long most) {
        return new ArchiveLimits(most, totalBytes, entryBytes, ratio, skipsUnsafeNames, skipsLinks, refusesNested);
    }

    public ArchiveLimits withTotalBytes(long most) {
        return new ArchiveLimits(entries, most, entryBytes, ratio, skipsUnsafeNames, skipsLinks, refusesNested);
    }

    public ArchiveLimits withEntryBytes(long most) {
        return new ArchiveLimits(entries, totalBytes, most, ratio, skipsUnsafeNames, skipsLinks, refusesNested);
    }

    public ArchiveLimits withRatio(long most) {
        return new ArchiveLimits(entries, totalBytes, entryBytes, most, skipsUnsafeNames, skipsLinks, refusesNested);
    }

    public ArchiveLimits skippingUnsafeNames(boolean skips) {
        return new ArchiveLimits(entries, totalBytes, entryBytes, ratio, skips, skipsLinks, refusesNested);
    }

    public ArchiveLimits skippingLinks(boolean skips) {
        return new ArchiveLimits(entries, totalBytes, entryBytes, ratio, skipsUnsafeNames, skips, refusesNested);
    }

    public ArchiveLimits refusingNested(boolean refuses) {
        return new ArchiveLimits(entries, totalBytes, entryBytes, ratio, skipsUnsafeNames, skipsLinks, refuses);
    }

    /** Entries up to this size, unpacked, are no danger whatever their ratio. */
    public static final long SMALL = 1 << 20;
}
