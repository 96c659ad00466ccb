package dev.caravan.ledger;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

import dev.caravan.model.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything the ledger promises holds on every database; each test begins with an empty ledger. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
abstract class LedgerContract {

    @Parameter
    TestDatabase database;

    @TempDir
    Path folder;

    Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Ledger.open(address());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    LedgerAddress address() {
        return database.in(folder);
    }

    Run run() {
        return ledger.runs().start("run", new TreeMap<>(), false);
    }

    void commit(List<Row> rows) {
        ledger.commit(Commit.of(1, Kind.MESSAGE, "C1").withRows(rows));
    }
}
