package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.caravan.TestMigration;
import dev.caravan.connector.slack.ExportZip;
import dev.caravan.ledger.Done;
import dev.caravan.ledger.EffectState;
import dev.caravan.ledger.Run;
import dev.caravan.migration.rollback.RollbackResult;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run wrote is taken away again, and nothing that people made of it since. */
class JdbcUndoTest {

    private static final List<String> TABLES =
            List.of("person", "channel", "membership", "emoji", "message", "reaction", "message_file");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void allOfTheSampleGoes(TargetDatabase database) throws IOException {
        var migration = migration(database);

        assertThat(undo(database, migration, true)).allMatch(undone -> undone.state() == Undone.State.REMOVED);
        assertThat(database.rows(folder, "SELECT id FROM message")).isNotEmpty();

        assertThat(undo(database, migration, false)).allMatch(undone -> undone.state() == Undone.State.REMOVED);
        for (String table : TABLES) {
            assertThat(database.rows(folder, "SELECT * FROM " + table))
                    .as(table)
                    .isEmpty();
        }
        assertThat(undo(database, migration, false)).allMatch(undone -> undone.state() == Undone.State.GONE);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasChangedOrIsNeededStays(TargetDatabase database) throws IOException {
        var migration = migration(database);
        var ids = database.rows(folder, "SELECT id FROM message ORDER BY id");
        database.execute(folder, "UPDATE message SET pinned = NOT pinned WHERE id = '" + ids.get(1) + "'");
        database.execute(folder, "DELETE FROM message WHERE id = '" + ids.get(2) + "'");
        database.execute(folder, "CREATE TABLE note (message_id VARCHAR(255) REFERENCES message (id))");
        database.execute(folder, "INSERT INTO note VALUES ('" + ids.get(3) + "')");

        var undone = new TreeMap<String, String>();
        undo(database, migration, false).stream()
                .filter(one -> one.effect().target().startsWith("message|") && one.state() != Undone.State.REMOVED)
                .forEach(one -> undone.put(one.effect().target(), one.state() + " " + one.reason()));

        assertThat(undone)
                .isEqualTo(Map.of(
                        reference(ids.get(1)), "KEPT changed-since",
                        reference(ids.get(2)), "GONE null",
                        reference(ids.get(3)), "KEPT in-use"));
        assertThat(database.rows(folder, "SELECT id FROM message ORDER BY id")).containsExactly(ids.get(1), ids.get(3));
    }

    @ParameterizedTest
    @EnumSource
    void whatStoodThereBeforeComesBackAndIsNotTakenForOurs(TargetDatabase database) throws IOException {
        var migration = ada(database);
        given(database, "U1", "somebody", "1999-12-31 23:59:59.123456");
        var before = database.rows(folder, EVERYTHING);

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(database.rows(folder, "SELECT id, name FROM person ORDER BY id"))
                .containsExactly("U1|ada", "U2|bob");
        assertThat(migration.rollback(true).removed()).containsEntry("replaced", 1L);

        var result = migration.rollback(false);

        assertThat(result.kept()).isEmpty();
        assertThat(database.rows(folder, EVERYTHING)).isEqualTo(before);
        assertThat(database.rows(folder, "SELECT id FROM message")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatWasReplacedAndChangedSinceStays(TargetDatabase database) throws IOException {
        var migration = ada(database);
        given(database, "U1", "somebody", "1999-12-31 23:59:59");
        migration.run();
        database.execute(folder, "UPDATE person SET name = 'ours now' WHERE id = 'U1'");

        var result = migration.rollback(false);

        assertThat(result.kept()).containsExactly(new RollbackResult.Kept("replaced", "changed-since", 1));
        assertThat(database.rows(folder, "SELECT id, name FROM person")).containsExactly("U1|ours now");
    }

    private static final String EVERYTHING =
            "SELECT id, source_id, name, display_name, bot, created_at, extras FROM person";

    private TestMigration ada(TargetDatabase database) {
        var export = new ExportZip()
                .with("users.json", "[{\"id\":\"U1\",\"name\":\"ada\"},{\"id\":\"U2\",\"name\":\"bob\"}]")
                .with("channels.json", "[{\"id\":\"C1\",\"name\":\"general\",\"members\":[\"U1\",\"U2\"]}]")
                .with(
                        "general/2023-11-14.json",
                        "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"one\",\"ts\":\"1700000000.000100\"}]")
                .write(folder, "export.zip");
        return database.target(new TestMigration(folder), folder).with("caravan.source.path", export.toString());
    }

    /** A person of somebody's, in the tables as they are there before the first run. */
    private void given(TargetDatabase database, String id, String name, String created) throws IOException {
        database.createTables(folder);
        database.execute(
                folder,
                "INSERT INTO person (id, source_id, name, bot, deleted, placeholder, created_at, extras) VALUES ('" + id
                        + "', 'theirs', '" + name + "', true, false, false, '" + created + "', '{\"a\":[1,2]}')");
    }

    private static String reference(String id) {
        return "message|{\"id\":\"" + id + "\"}";
    }

    private TestMigration migration(TargetDatabase database) {
        var migration = database.target(new TestMigration(folder), folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip");
        migration.run();
        return migration;
    }

    private List<Undone> undo(TargetDatabase database, TestMigration migration, boolean dryRun) throws IOException {
        try (var ledger = migration.ledger();
                var sink = new JdbcSink()) {
            var effects = ledger.journal().latestFirst(EffectState.STANDS, Long.MAX_VALUE, 10_000).stream()
                    .map(Done::effect)
                    .toList();
            assertThat(effects).isNotEmpty();
            sink.open(properties(database), null);
            return sink.undo(
                    new Undo(effects, dryRun),
                    migration.settings().home().resolve("routes/mappings/jdbc").toString());
        }
    }

    /** With what makes SQLite look at foreign keys. */
    private Map<String, String> properties(TargetDatabase database) {
        var properties = new TreeMap<>(database.properties(folder));
        properties.computeIfPresent("url", (key, url) -> url.contains("sqlite") ? url + "?foreign_keys=on" : url);
        return properties;
    }
}
