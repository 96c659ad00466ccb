package dev.caravan.migration.people;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.TestMigration;
import dev.caravan.ledger.PersonState;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.model.Kind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** From a list of employees to the names people have on the target. */
class PeopleDeskTest {

    private static final String ANNA = "U0ANNA0001";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_draft_is_decided_signed_and_served_by_the_next_run(TestDatabase database) throws IOException {
        var migration = new TestMigration(folder)
                .on(database)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin");
        new LedgerAccess(migration.settings()).open().close();

        var alone = migration.desk().people(new byte[0]);
        var anna = alone.people().find(ANNA).orElseThrow();
        assertThat(anna.state()).isEqualTo(PersonState.OWN);
        assertThat(alone.people().counts()).doesNotContainKey(PersonState.DOUBTFUL);

        var list = "username,email,name\nanna.new,%s,\nsomebody,else@elsewhere.example,%s\n"
                .formatted(anna.email(), someoneElse(alone, anna.email()));
        var desk = migration.desk().people(list.getBytes(UTF_8));
        assertThat(desk.people().find(ANNA).orElseThrow().username()).isEqualTo("anna.new");
        assertThat(desk.people().doubtful()).isEqualTo(1);
        assertThatThrownBy(() -> desk.sign("ann")).hasMessageContaining("CRV-653");
        var doubtful = desk.people().page(PersonState.DOUBTFUL, "", "", 10).get(0);
        assertThatThrownBy(() -> desk.decide(doubtful.sourceId(), "Not Valid", "", "ann"))
                .hasMessageContaining("CRV-214");
        assertThatThrownBy(() -> desk.decide("nobody", "", "", "ann")).hasMessageContaining("CRV-652");
        desk.decide(doubtful.sourceId(), "chosen", "", "ann");
        var again = migration.desk().people(list.getBytes(UTF_8));
        assertThat(again.people().find(doubtful.sourceId()).orElseThrow().username())
                .isEqualTo("chosen");

        var signed = again.sign("ann");

        assertThat(again.people().lastSigned()).contains(signed);
        assertThat(again.changedSince(signed)).isFalse();
        assertThat(Files.readString(folder.resolve("work/user-map.csv"))).contains(ANNA + ",anna.new");
        migration.run();
        try (var ledger = migration.ledger()) {
            assertThat(ledger.links().find(Kind.USER, ANNA).orElseThrow().target())
                    .isEqualTo("anna.new");
            assertThat(ledger.links()
                            .find(Kind.USER, doubtful.sourceId())
                            .orElseThrow()
                            .target())
                    .isEqualTo("chosen");
        }
        Files.writeString(folder.resolve("work/user-map.csv"), "source,username\n");
        assertThat(again.changedSince(signed)).isTrue();
    }

    private static String someoneElse(PeopleDesk desk, String but) {
        return desk.people().page(PersonState.OWN, "", "", 100).stream()
                .filter(person -> !person.email().isEmpty() && !person.email().equals(but))
                .filter(person -> person.why().equals("own"))
                .findFirst()
                .orElseThrow()
                .name();
    }
}
