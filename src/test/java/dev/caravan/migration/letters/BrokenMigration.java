package dev.caravan.migration.letters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.caravan.TestMigration;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;

/** The broken export after its first run, and what tests ask about it. */
final class BrokenMigration {

    final BrokenExport export = new BrokenExport();
    final TestMigration migration;
    private final Path folder;
    private final Map<String, Long> ids;

    BrokenMigration(TestDatabase database, Path folder) {
        this.folder = folder;
        migration = migration(database, folder, export.broken(folder));
        migration.run();
        ids = letters().stream().collect(Collectors.toMap(BrokenMigration::place, Letter.Head::id));
    }

    static TestMigration migration(TestDatabase database, Path folder, Path zip) {
        return new TestMigration(folder)
                .on(database)
                .with("caravan.source.path", zip.toString())
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com");
    }

    static String place(Letter.Head letter) {
        return letter.origin().entry() + "#" + letter.origin().index();
    }

    void mendAll() {
        ids.keySet().forEach(place -> edit(place, export.edits().get(place)));
    }

    Selection only(String... places) {
        var chosen = new TreeSet<Long>();
        for (var place : places) {
            chosen.add(ids.get(place));
        }
        return new Selection(chosen, LetterFilter.ALL);
    }

    void edit(String place, byte[] mended) {
        migration.letters().edit(ids.get(place), mended);
    }

    Letter.Head letter(String place) {
        return letters().stream()
                .filter(letter -> place(letter).equals(place))
                .findFirst()
                .orElseThrow();
    }

    List<Letter.Head> letters() {
        return migration.letters().list(LetterFilter.ALL, 0, 1000);
    }

    long count(int run, What what) {
        try (var ledger = migration.ledger()) {
            return ledger.runs().account(run).of("message", what);
        }
    }

    Map<Tally.Key, Long> account(int run) {
        return account(migration, run);
    }

    /** What was noticed about a broken source stays noticed; everything else is to be as of a mended one. */
    static Map<Tally.Key, Long> account(TestMigration migration, int run) {
        var counts = new TreeMap<Tally.Key, Long>();
        try (var ledger = migration.ledger()) {
            ledger.runs().account(run).counts().forEach((key, n) -> {
                if (key.what() != What.FINDING) {
                    var rule = key.what() == What.READ ? "" : key.rule();
                    counts.merge(new Tally.Key(key.kind(), key.what(), rule), n, Long::sum);
                }
            });
        }
        return counts;
    }

    byte[] sealed() {
        return sealed(folder);
    }

    static byte[] sealed(Path folder) {
        try {
            return Files.readAllBytes(folder.resolve("package.zip"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
