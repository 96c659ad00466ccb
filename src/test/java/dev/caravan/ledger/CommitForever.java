package dev.caravan.ledger;

import java.nio.file.Path;
import java.util.TreeMap;

import dev.caravan.model.Kind;
import dev.caravan.model.Tally;

/** A process to be killed: commits without end and says so after each commit that returned. */
final class CommitForever {

    static final int ROWS = 50;

    private CommitForever() {}

    public static void main(String... address) {
        var where = address.length == 1
                ? LedgerAddress.sqlite(Path.of(address[0]))
                : LedgerAddress.postgresql(address[0], address[1], address[2], address[3]);
        try (var ledger = Ledger.open(where)) {
            int run = ledger.runs().start("run", new TreeMap<>(), false).id();
            for (int n = 0; ; n++) {
                ledger.commit(Commit.of(run, Kind.MESSAGE, "C1")
                        .withPosition(Integer.toString(n))
                        .withRows(Given.messages(1, n * ROWS, (n + 1) * ROWS))
                        .withTally(Tally.NONE.plus("message", Tally.What.DELIVERED, ROWS)));
                System.out.println("committed " + n);
            }
        }
    }
}
