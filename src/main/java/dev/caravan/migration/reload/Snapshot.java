package dev.caravan.migration.reload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a routes folder at one moment. Compared by content: a save by renaming, one that keeps time and length, and
 * a mounted folder whose links are turned to a new version all show.
 *
 * @param files content by name, relative to the folder, with {@code /} on every system; hidden files are an editor's
 */
record Snapshot(SortedMap<String, ByteBuffer> files) {

    static final Snapshot EMPTY = new Snapshot(Collections.emptySortedMap());

    /** @throws IOException also when a file vanishes meanwhile: then somebody is saving, and a later look will do */
    static Snapshot of(Path folder) throws IOException {
        var files = new TreeMap<String, ByteBuffer>();
        try (var all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                var name = folder.relativize(file).toString().replace('\\', '/');
                if (!isHidden(name) && Files.isRegularFile(file)) {
                    files.put(name, ByteBuffer.wrap(Files.readAllBytes(file)));
                }
            }
        } catch (java.io.UncheckedIOException vanished) {
            throw vanished.getCause();
        }
        return new Snapshot(files);
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.contains("/.");
    }

    /** Names of files that are new, gone or of other content. */
    SortedSet<String> changedFrom(Snapshot other) {
        var changed = new TreeSet<>(files.keySet());
        changed.addAll(other.files.keySet());
        changed.removeIf(name -> files.containsKey(name) && files.get(name).equals(other.files.get(name)));
        return changed;
    }

    /** Brings a folder that holds {@code before} to this. */
    void writeTo(Path folder, Snapshot before) throws IOException {
        for (String name : changedFrom(before)) {
            var file = folder.resolve(name);
            var content = files.get(name);
            if (content == null) {
                Files.deleteIfExists(file);
            } else {
                Files.createDirectories(file.getParent());
                Files.write(file, content.array());
            }
        }
    }
}
