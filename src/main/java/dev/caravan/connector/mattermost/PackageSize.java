package dev.caravan.connector.mattermost;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.caravan.model.Problem;
import dev.caravan.transform.mapping.TargetRules.Advice;
import dev.caravan.transport.ArchiveLimits;
import dev.caravan.transport.ZipArchive;

/**
 * How large a package and what is in it are, in bytes: the server takes neither above FileSettings.MaxFileSize.
 *
 * @param largest file in it, unpacked
 */
record PackageSize(long bytes, long largest) {

    /** The server's own default: 100 MiB. */
    private static final long MAX_FILE_SIZE = 100L << 20;

    private static final String FILES = "data/";
    private static final ArchiveLimits OURS =
            new ArchiveLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /** Nothing when the package is not there, or is none. */
    static Optional<PackageSize> of(Path sealed) {
        var largest = new AtomicLong();
        try (var zip = ZipArchive.open(sealed, OURS, entry -> {
            if (entry.name().startsWith(FILES)) {
                largest.accumulateAndGet(entry.bytes(), Math::max);
            }
        })) {
            return Optional.of(new PackageSize(Files.size(sealed), largest.get()));
        } catch (Problem | java.io.IOException notThere) {
            return Optional.empty();
        }
    }

    Advice advice() {
        int tooLarge = Math.max(bytes, largest) > MAX_FILE_SIZE ? 1 : 0;
        return new Advice("package-size", List.of(bytes, largest, MAX_FILE_SIZE, tooLarge));
    }
}
