package dev.caravan.transform.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;

/** What shapes a run, as hashes (invariant 9): every file below the routes folder, and the map files given. */
public record Fingerprint(SortedMap<String, String> hashes) {

    /** What people are told of a run shapes nothing of it. */
    private static final Path NOTICES = Path.of("notices");

    public Fingerprint {
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    }

    /**
     * Names are relative to the routes folder, with {@code /} on every system, so that the same files in another place
     * have the same fingerprint; map files are {@code map/<file name>}. Hidden files (an editor's)
     * and notices do not count.
     *
     * @throws Problem CRV-505 when a file cannot be read, CRV-508 when two map files have one name
     */
    public static Fingerprint of(Path routes, Collection<Path> mapFiles) {
        var hashes = new TreeMap<String, String>();
        try (var files = Files.walk(routes, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !hidden(routes.relativize(file)))
                    .filter(file -> !routes.relativize(file).startsWith(NOTICES))
                    .forEach(file -> hashes.put(name(routes.relativize(file)), hash(file)));
        } catch (IOException | UncheckedIOException e) {
            throw new Problem(e, "CRV-505", routes, e.getMessage());
        }
        for (var file : mapFiles) {
            if (hashes.put("map/" + file.getFileName(), hash(file)) != null) {
                throw new Problem("CRV-508", file.getFileName());
            }
        }
        return new Fingerprint(hashes);
    }

    /** Names of the files that are not the same in both, sorted. */
    public Collection<String> changedFrom(Fingerprint other) {
        var changed = new TreeMap<String, String>(hashes);
        changed.putAll(other.hashes);
        changed.keySet().removeIf(name -> hashes.getOrDefault(name, "").equals(other.hashes.getOrDefault(name, "")));
        return Collections.unmodifiableSet(changed.keySet());
    }

    private static boolean hidden(Path relative) {
        for (var part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static String name(Path relative) {
        return relative.toString().replace('\\', '/');
    }

    private static String hash(Path file) {
        try (var in = Files.newInputStream(file)) {
            return Sha256.hex(in);
        } catch (IOException e) {
            throw new Problem(e, "CRV-505", file, e.getMessage());
        }
    }
}
