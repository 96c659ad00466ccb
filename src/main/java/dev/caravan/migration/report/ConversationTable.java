package dev.caravan.migration.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;

import dev.caravan.ledger.Conversations;
import dev.caravan.ledger.Ledger;
import dev.caravan.migration.report.ReportFacts.ConversationRow;
import dev.caravan.migration.report.ReportFacts.Part;

/** The account of each conversation; those that end in one target conversation are one row. */
final class ConversationTable {

    private final Ledger ledger;
    private final int run;
    private final LongFunction<String> time;

    /** @param time in words, of us since 1970 */
    ConversationTable(Ledger ledger, int run, LongFunction<String> time) {
        this.ledger = ledger;
        this.run = run;
        this.time = time;
    }

    /** @param most of those with the most messages that the part returned shows */
    Part<ConversationRow> write(Path file, int most) {
        var busiest = new Longest<ConversationRow>(
                most,
                Comparator.comparingLong(ConversationRow::read)
                        .thenComparingLong(ConversationRow::onTarget)
                        .reversed()
                        .thenComparing(ConversationRow::id));
        try (var csv = new CsvFile(
                        file,
                        "source_id",
                        "source",
                        "target",
                        "type",
                        "read",
                        "delivered",
                        "unchanged",
                        "filtered",
                        "dead",
                        "on_target",
                        "first",
                        "last");
                var accounts = ledger.conversations().accounts(run)) {
            List<Conversations.Account> lane = new ArrayList<>();
            while (accounts.hasNext()) {
                var account = accounts.next();
                if (!lane.isEmpty()
                        && (account.link().leftOut()
                                || account.link().number() != lane.get(0).link().number())) {
                    keep(row(lane), busiest, csv);
                    lane.clear();
                }
                lane.add(account);
            }
            if (!lane.isEmpty()) {
                keep(row(lane), busiest, csv);
            }
        }
        return busiest.part();
    }

    private void keep(ConversationRow row, Longest<ConversationRow> busiest, CsvFile csv) {
        busiest.add(row);
        csv.row(
                row.id(),
                row.source(),
                row.target(),
                row.type(),
                row.read(),
                row.delivered(),
                row.unchanged(),
                row.filtered(),
                row.dead(),
                row.onTarget(),
                time.apply(row.first()),
                time.apply(row.last()));
    }

    private static ConversationRow row(List<Conversations.Account> lane) {
        var first = lane.get(0);
        var target = first.link().target();
        var slash = target.indexOf('/');
        var leftOut = first.link().leftOut();
        return new ConversationRow(
                String.join(
                        ", ", lane.stream().map(one -> one.link().sourceId()).toList()),
                String.join(
                        ", ",
                        lane.stream()
                                .map(one -> SourceNames.of(one.link()))
                                .distinct()
                                .toList()),
                leftOut ? "" : target.substring(slash + 1).replace(",", ", "),
                leftOut ? "left-out" : target.substring(0, slash),
                lane.stream().mapToLong(Conversations.Account::read).sum(),
                lane.stream().mapToLong(Conversations.Account::delivered).sum(),
                lane.stream().mapToLong(Conversations.Account::unchanged).sum(),
                lane.stream().mapToLong(Conversations.Account::filtered).sum(),
                lane.stream().mapToLong(Conversations.Account::dead).sum(),
                first.records(),
                first.first(),
                first.last());
    }
}
