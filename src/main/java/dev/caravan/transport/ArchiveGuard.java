package dev.caravan.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import dev.caravan.model.Problem;

/** Refuses archives that are traps or too large for the settings, by their list of entries, before any byte is unpacked. */
final class ArchiveGuard {

    private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:.*", Pattern.DOTALL);
    private static final int NAME_SHOWN = 80;
    private static final int SKIPPED_SHOWN = 100;
    private static final long WHOLE_IS_SMALL = 64 * ArchiveLimits.SMALL;

    private final String archive;
    private final ArchiveLimits limits;
    private final List<String> skipped = new ArrayList<>();
    private long[] names = new long[1024];
    private long entries;
    private long total;

    ArchiveGuard(String archive, ArchiveLimits limits) {
        this.archive = archive;
        this.limits = limits;
    }

    /** Names of entries that were left out: the first hundred, without what no screen should be sent. */
    List<String> skipped() {
        return List.copyOf(skipped);
    }

    /** False for one to be left out, and once there are too many: then they are only counted, up to {@link #finish}. */
    boolean check(ArchiveEntry entry) {
        if (entries >= limits.entries()) {
            entries++;
            return false;
        }
        var name = entry.name();
        if (isUnsafe(name) && limits.skipsUnsafeNames() || entry.isSymlink() && limits.skipsLinks()) {
            skip(name);
            return false;
        }
        if (isUnsafe(name)) {
            throw new Problem("CRV-110", archive, shown(name));
        }
        if (entry.isSymlink()) {
            throw new Problem("CRV-111", archive, shown(name));
        }
        if (entry.isArchive() && limits.refusesNested()) {
            throw new Problem("CRV-130", archive, shown(name));
        }
        if (entry.isEncrypted()) {
            throw new Problem("CRV-112", archive, shown(name));
        }
        if (entry.method() != 0 && entry.method() != 8) {
            throw new Problem("CRV-114", archive, shown(name), entry.method());
        }
        count(entry);
        return true;
    }

    private void skip(String name) {
        if (skipped.size() < SKIPPED_SHOWN) {
            skipped.add(shown(name));
        }
    }

    private void count(ArchiveEntry entry) {
        if (entry.bytes() > limits.entryBytes()) {
            throw new Problem("CRV-109", archive, shown(entry.name()), text(entry.bytes()), text(limits.entryBytes()));
        }
        long ratio = ratio(entry.bytes(), entry.packedBytes());
        if (entry.bytes() > ArchiveLimits.SMALL && ratio > limits.ratio()) {
            throw new Problem("CRV-108", archive, shown(entry.name()), text(ratio), text(limits.ratio()));
        }
        total += entry.bytes();
        if (entries == names.length) {
            names = Arrays.copyOf(names, names.length * 2);
        }
        names[(int) entries++] = hash(entry.name());
    }

    /** The limits on the archive as a whole, so that the refusal can name the value that would pass. */
    void finish(long archiveBytes) {
        if (entries == 0) {
            throw new Problem("CRV-102", archive);
        }
        if (entries > limits.entries()) {
            throw new Problem("CRV-106", archive, text(entries), text(limits.entries()));
        }
        if (total > limits.totalBytes()) {
            throw new Problem("CRV-107", archive, text(total), text(limits.totalBytes()));
        }
        // Entries may share their packed bytes: each looks harmless, only the whole tells.
        long ratio = ratio(total, archiveBytes);
        if (total > WHOLE_IS_SMALL && ratio > limits.ratio()) {
            throw new Problem("CRV-108", archive, "*", text(ratio), text(limits.ratio()));
        }
        Arrays.sort(names, 0, (int) entries);
        for (int i = 1; i < entries; i++) {
            if (names[i] == names[i - 1]) {
                throw new Problem("CRV-113", archive);
            }
        }
        names = null;
    }

    private static long ratio(long bytes, long packedBytes) {
        return bytes / Math.max(1, packedBytes) + (bytes % Math.max(1, packedBytes) == 0 ? 0 : 1);
    }

    private static boolean isUnsafe(String name) {
        return name.isEmpty()
                || name.charAt(0) == '/'
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || DRIVE.matcher(name).matches()
                || climbs(name);
    }

    private static boolean climbs(String name) {
        return name.equals("..") || name.startsWith("../") || name.endsWith("/..") || name.contains("/../");
    }

    /** 64 bits: two of five million different names share one with a chance of less than one in a million. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash ^ hash >>> 32;
    }

    private static String shown(String name) {
        var printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > NAME_SHOWN ? printable.substring(0, NAME_SHOWN) + "..." : printable;
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
