package dev.caravan;

import java.util.List;
import java.util.stream.Stream;

import dev.caravan.ledger.Difference;
import dev.caravan.ledger.Verifications;

/** What the last verification of a migration found, in a few words. */
public final class LastVerification {

    private LastVerification() {}

    /** Each as "id field", behind the rule that explains it, if one does. */
    public static List<String> differences(TestMigration migration) {
        return all(migration).map(LastVerification::words).toList();
    }

    /** Those that no rule explains. */
    public static List<Difference> unexplained(TestMigration migration) {
        return all(migration).filter(difference -> difference.rule() == null).toList();
    }

    public static String summary(TestMigration migration) {
        try (var ledger = migration.ledger()) {
            return ledger.verifications().last().orElseThrow().summary();
        }
    }

    private static Stream<Difference> all(TestMigration migration) {
        try (var ledger = migration.ledger()) {
            var last = ledger.verifications().last().orElseThrow();
            return ledger.verifications().page(last.number(), 0, 1000).stream().map(Verifications.Stored::difference);
        }
    }

    private static String words(Difference difference) {
        var words = difference.sourceId() + " " + difference.field();
        return difference.rule() == null ? words : difference.rule() + " " + words;
    }
}
