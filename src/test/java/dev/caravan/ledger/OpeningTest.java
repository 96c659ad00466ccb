package dev.caravan.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.TreeMap;

import dev.caravan.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OpeningTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void reading_where_there_is_no_ledger_is_refused_and_creates_nothing(TestDatabase database) throws Exception {
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> Ledger.openReadOnly(database.in(folder)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("CRV-303");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_was_written_is_there_after_opening_again(TestDatabase database) {
        try (var ledger = Ledger.open(database.in(folder))) {
            ledger.runs().start("run", new TreeMap<>(), false);
        }
        try (var ledger = Ledger.open(database.in(folder))) {
            assertThat(ledger.runs().all()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_ledger_of_a_newer_version_is_not_touched(TestDatabase database) throws SQLException {
        var address = database.in(folder);
        Ledger.open(address).close();
        try (var connection = Database.at(address).writer()) {
            Database.at(address).begin(connection);
            try (var statement = connection.createStatement()) {
                statement.execute(
                        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                                + " checksum, installed_by, execution_time, success)"
                                + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1, true)");
            }
            Database.at(address).commit(connection);
        }

        assertThatThrownBy(() -> Ledger.open(address))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-306");
        assertThatThrownBy(() -> Ledger.openReadOnly(address))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-306");
    }

    @Test
    void a_file_that_is_no_database_and_a_missing_folder_cannot_be_opened() throws Exception {
        var file =
                Files.writeString(folder.resolve("ledger.db"), "this is some other file, quite certainly".repeat(99));

        assertThatThrownBy(() -> Ledger.open(LedgerAddress.sqlite(file)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-307");
        assertThatThrownBy(() -> Ledger.openReadOnly(LedgerAddress.sqlite(file)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-307");
        assertThatThrownBy(() -> Ledger.open(LedgerAddress.sqlite(folder.resolve("none/ledger.db"))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-307");
    }

    @Test
    void a_server_that_does_not_answer_is_named_without_the_password() {
        var nobody = LedgerAddress.postgresql("jdbc:postgresql://localhost:1/x?password=s3cret", "u", "s3cret", "a");

        assertThatThrownBy(() -> Ledger.open(nobody))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-307")
                .hasMessageContaining("localhost:1/x")
                .hasMessageNotContaining("s3cret");
        assertThat(nobody.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a-b", "a;drop", "A"})
    void a_schema_is_a_plain_name(String schema) {
        assertThatThrownBy(() ->
                        Ledger.open(LedgerAddress.postgresql("jdbc:postgresql://localhost:1/x", "u", "p", schema)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-308");
    }

    @Test
    void an_address_of_another_database_is_refused() {
        assertThatThrownBy(() -> Ledger.open(LedgerAddress.postgresql("jdbc:mysql://localhost/x", "u", "p", "a")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-309");
    }
}
