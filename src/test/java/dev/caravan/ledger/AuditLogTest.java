package dev.caravan.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AuditLogTest extends LedgerContract {

    @Test
    void entries_are_told_newest_first_and_form_a_chain() {
        write(3);

        var page = ledger.audit().page(Long.MAX_VALUE, 2);
        assertThat(page).extracting(AuditLog.Entry::detail).containsExactly("2", "1");
        assertThat(ledger.audit().page(page.get(1).seq(), 2))
                .extracting(AuditLog.Entry::detail)
                .containsExactly("0");
        assertThat(ledger.audit().chain())
                .isEqualTo(new AuditLog.Chain(true, 3, page.get(0).hash(), null));
    }

    @Test
    void an_empty_history_holds() {
        assertThat(ledger.audit().chain()).isEqualTo(new AuditLog.Chain(true, 0, "", null));
    }

    @Test
    void what_many_write_at_once_is_one_chain() {
        IntStream.range(0, 40).parallel().forEach(one -> AuditLog.of(address()).add("anna", "run", "no. " + one));
        assertThat(ledger.audit().chain().holds()).isTrue();
        assertThat(ledger.audit().chain().entries()).isEqualTo(40);
    }

    @Test
    void nothing_is_changed_or_removed_by_a_statement() {
        write(1);
        for (var statement : List.of("UPDATE audit SET who = 'eve'", "DELETE FROM audit")) {
            assertThatThrownBy(() -> execute(statement))
                    .as(statement)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append-only");
        }
        assertThat(ledger.audit().chain().holds()).isTrue();
    }

    @Test
    void what_was_changed_by_whoever_owns_the_database_is_noticed() throws SQLException {
        write(5);
        var third = ledger.audit().page(Long.MAX_VALUE, 3).get(2);
        tamper("UPDATE audit SET detail = 'nothing' WHERE seq = " + third.seq());

        assertThat(ledger.audit().chain().brokenAt()).isEqualTo(third.seq());
    }

    @Test
    void what_was_removed_from_the_middle_or_the_end_is_noticed() throws SQLException {
        write(5);
        var newest = ledger.audit().page(Long.MAX_VALUE, 3);
        tamper("DELETE FROM audit WHERE seq = " + newest.get(0).seq());
        assertThat(ledger.audit().chain().brokenAt()).isEqualTo(newest.get(1).seq() + 1);

        tamper("DELETE FROM audit WHERE seq = " + newest.get(2).seq());
        assertThat(ledger.audit().chain().brokenAt()).isEqualTo(newest.get(1).seq());
    }

    @Test
    void an_entry_put_in_without_its_place_in_the_chain_is_noticed() throws SQLException {
        write(2);
        execute("INSERT INTO audit (time, who, what, detail, hash) VALUES (1, 'eve', 'waive', '', 'abc')");
        write(1);

        assertThat(ledger.audit().chain().holds()).isFalse();
    }

    private void write(int entries) {
        IntStream.range(0, entries).forEach(one -> ledger.audit().add("anna", "edit", Integer.toString(one)));
    }

    /** As somebody does who may change the tables. */
    private void tamper(String statement) throws SQLException {
        if (database == TestDatabase.SQLITE) {
            execute("DROP TRIGGER IF EXISTS audit_no_update");
            execute("DROP TRIGGER IF EXISTS audit_no_delete");
        } else {
            execute("ALTER TABLE audit DISABLE TRIGGER USER");
        }
        execute(statement);
    }

    private void execute(String sql) throws SQLException {
        var at = Database.at(address());
        try (Connection connection = at.writer();
                var statement = connection.createStatement()) {
            at.begin(connection);
            statement.execute(sql);
            at.commit(connection);
        }
    }
}
