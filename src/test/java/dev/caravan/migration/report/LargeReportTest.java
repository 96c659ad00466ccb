package dev.caravan.migration.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;

import dev.caravan.TestMigration;
import dev.caravan.ledger.Commit;
import dev.caravan.ledger.Ledger;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.model.Tally;
import dev.caravan.model.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LargeReportTest {

    private static final int CONVERSATIONS = 200_000;
    private static final int A_COMMIT = 20_000;

    @TempDir
    Path folder;

    @Test
    void twoHundredThousandConversationsMakeAPageAPersonCanOpen() throws Exception {
        var migration = new TestMigration(folder)
                .with("caravan.source.path", "export.zip")
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme");
        try (Ledger ledger = new LedgerAccess(migration.settings()).open()) {
            var run = ledger.runs().start("run", new TreeMap<>(), false);
            for (int from = 1; from <= CONVERSATIONS; from += A_COMMIT) {
                var links = new ArrayList<Link>();
                var findings = new ArrayList<Finding>();
                for (int i = from; i < from + A_COMMIT; i++) {
                    var id = "C%06d".formatted(i);
                    links.add(new Link(Kind.CHANNEL, id, "public/talk-of-the-town-" + i, i, "Talk of the town " + i));
                    findings.add(new Finding("mattermost-channel-name", "channel", id, ""));
                }
                ledger.commit(Commit.of(run.id(), Kind.CHANNEL, "")
                        .withLinks(links)
                        .withFindings(findings)
                        .withTally(Tally.NONE
                                .plus("channel", Tally.What.READ, A_COMMIT)
                                .plus("channel", Tally.What.DELIVERED, A_COMMIT)));
            }
            ledger.runs().complete(run.id());
        }

        var page = migration.desk().report(Words.ENGLISH);

        assertThat(Files.size(page) + Files.size(page.resolveSibling("report.json")))
                .isLessThan(5_000_000);
        assertThat(Files.readAllLines(page.resolveSibling("conversations.csv"))).hasSize(CONVERSATIONS + 1);
        assertThat(Files.readString(page)).contains("The 500 with the most messages");
    }
}
