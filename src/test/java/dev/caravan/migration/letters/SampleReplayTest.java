package dev.caravan.migration.letters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;

import dev.caravan.TestMigration;
import dev.caravan.connector.slack.ExportZip;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The shipped sample: every letter is mended once as a letter and once in a copy of the export. */
class SampleReplayTest {

    private static final Path SAMPLE = Path.of("sample/acme-slack-export.zip");

    @TempDir
    Path folder;

    @TempDir
    Path mendedFolder;

    @Test
    void a_mended_sample_is_the_same_package_either_way() throws IOException {
        var migration = migration(folder, SAMPLE);
        migration.run();
        var splices = new HashMap<String, Map<Long, Splice>>();
        for (var head : migration.letters().list(LetterFilter.ALL, 0, 1000)) {
            var letter = migration.letters().show(head.id());
            var mended = mend(letter);
            migration.letters().edit(head.id(), mended);
            splices.computeIfAbsent(head.origin().entry(), entry -> new TreeMap<>())
                    .put(head.origin().offset(), new Splice(letter.raw().length, mended, rest(head)));
        }
        migration.replay(Selection.ALL);
        var mended = migration(mendedFolder, export(splices));
        mended.run();

        assertThat(splices).isNotEmpty();
        assertThat(migration.letters().list(LetterFilter.ALL, 0, 1000))
                .allMatch(letter -> letter.state() == LetterState.REPLAYED);
        assertThat(BrokenMigration.account(migration, 1)).isEqualTo(BrokenMigration.account(mended, 1));
        assertThat(BrokenMigration.sealed(folder)).isEqualTo(BrokenMigration.sealed(mendedFolder));
    }

    private static boolean rest(Letter.Head letter) {
        return letter.cause().equals("json-syntax");
    }

    private static byte[] mend(Letter letter) {
        return switch (letter.head().cause()) {
            case "not-an-object" -> message(letter.head().id()).getBytes(UTF_8);
            case "time-missing" -> new String(letter.raw(), UTF_8)
                    .replaceFirst(
                            "\\{", "{\"ts\":\"1710147850.00000" + letter.head().id() + "\",")
                    .getBytes(UTF_8);
            case "invalid-utf8" -> new String(letter.raw(), Charset.forName("GBK")).getBytes(UTF_8);
            case "json-syntax" -> (message(50) + ",\n" + message(51)).getBytes(UTF_8);
            default -> throw new IllegalStateException(letter.head().cause());
        };
    }

    private static String message(long number) {
        return ExportZip.message("17101478%02d.000001".formatted(number), "mended " + number)
                .replace("U1", "U0DAVE0013");
    }

    /**
     * @param length of what is replaced
     * @param last nothing follows but the end of the list
     */
    private record Splice(int length, byte[] mended, boolean last) {}

    private Path export(Map<String, Map<Long, Splice>> splices) throws IOException {
        var export = new ExportZip();
        try (var zip = new ZipFile(SAMPLE.toFile())) {
            for (var entry : zip.stream().filter(one -> !one.isDirectory()).toList()) {
                var bytes = zip.getInputStream(entry).readAllBytes();
                export.with(entry.getName(), spliced(bytes, splices.getOrDefault(entry.getName(), Map.of())));
            }
        }
        Files.createDirectories(mendedFolder);
        return export.write(mendedFolder, SAMPLE.getFileName().toString());
    }

    private static byte[] spliced(byte[] bytes, Map<Long, Splice> splices) {
        var out = new ByteArrayOutputStream();
        int at = 0;
        for (var place : splices.entrySet()) {
            int from = place.getKey().intValue();
            var splice = place.getValue();
            out.write(bytes, at, from - at);
            out.writeBytes(splice.mended());
            at = splice.last() ? bytes.length : from + splice.length();
            if (splice.last()) {
                out.write(']');
            }
        }
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    private static TestMigration migration(Path folder, Path zip) {
        return BrokenMigration.migration(TestDatabase.SQLITE, folder, zip).with("caravan.sink.bot-owner", "admin");
    }
}
