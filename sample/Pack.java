import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a folder as Slack packs an export, always into the same bytes: sorted entries, one fixed time. */
public class Pack {
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2024, 4, 1, 0, 0);

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("Usage: java sample/Pack.java <folder> <export.zip>");
            System.exit(2);
        }
        Path folder = Path.of(args[0]);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(Path.of(args[1])))) {
            for (String name : entryNames(folder)) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTimeLocal(ENTRY_TIME);
                zip.putNextEntry(entry);
                if (!entry.isDirectory()) {
                    Files.copy(folder.resolve(name), zip);
                }
                zip.closeEntry();
            }
        }
    }

    private static List<String> entryNames(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder))
                    .map(path -> entryName(folder, path))
                    .sorted()
                    .toList();
        }
    }

    private static String entryName(Path folder, Path path) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        return Files.isDirectory(path) ? name + "/" : name;
    }
}
