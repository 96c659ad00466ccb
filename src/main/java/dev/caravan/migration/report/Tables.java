package dev.caravan.migration.report;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.caravan.ledger.Conversations;
import dev.caravan.ledger.Difference;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.migration.report.ReportFacts.ConversationRow;
import dev.caravan.migration.report.ReportFacts.NameRow;
import dev.caravan.migration.report.ReportFacts.Part;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;

/** Writes the long tables as CSV, in one pass over the ledger each, and keeps their beginnings for the page. */
final class Tables {

    /** Rows of a table that the page shows. */
    static final int CONVERSATIONS = 500;

    static final int SHOWN = 100;
    private static final int EXAMPLES = 3;
    private static final String DIRECT = "direct/";
    private static final int PAGE = 1000;

    private final Ledger ledger;
    private final int run;
    private final Path folder;
    private final DateTimeFormatter time;

    Tables(Ledger ledger, int run, Path folder, ZoneId zone) {
        this.ledger = ledger;
        this.run = run;
        this.folder = folder;
        this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
    }

    /** Conversations that end in one target conversation are one row. The page gets those with the most messages. */
    Part<ConversationRow> conversations() {
        var busiest = new Longest<ConversationRow>(
                CONVERSATIONS,
                Comparator.comparingLong(ConversationRow::read)
                        .thenComparingLong(ConversationRow::onTarget)
                        .reversed()
                        .thenComparing(ConversationRow::id));
        try (var csv = new CsvFile(
                        folder.resolve("conversations.csv"),
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
                time(row.first()),
                time(row.last()));
    }

    private String time(long us) {
        return us == 0 ? "" : time.format(Instant.EPOCH.plus(us, ChronoUnit.MICROS));
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
                                .map(one -> sourceName(one.link()))
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

    private static String sourceName(Link link) {
        if (link.target().startsWith(DIRECT)) {
            return link.target().substring(DIRECT.length()).replace(",", ", ");
        }
        return link.name() == null || link.name().isEmpty() ? link.sourceId() : link.name();
    }

    /** People and named conversations that the target calls otherwise than the source. */
    Part<NameRow> names() {
        var shown = new ArrayList<NameRow>();
        long total = 0;
        try (var csv = new CsvFile(folder.resolve("names.csv"), "kind", "source_id", "source", "target")) {
            for (Kind kind : List.of(Kind.CHANNEL, Kind.USER)) {
                try (var links = ledger.links().stream(kind)) {
                    while (links.hasNext()) {
                        var row = renamed(links.next());
                        if (row.isPresent()) {
                            total++;
                            csv.row(
                                    row.get().kind(),
                                    row.get().id(),
                                    row.get().source(),
                                    row.get().target());
                            row.filter(one -> shown.size() < SHOWN).ifPresent(shown::add);
                        }
                    }
                }
            }
        }
        return new Part<>(List.copyOf(shown), total);
    }

    private static Optional<NameRow> renamed(Link link) {
        var name = link.target().substring(link.target().indexOf('/') + 1);
        if (link.leftOut()
                || link.target().startsWith(DIRECT)
                || link.name() == null
                || link.name().equals(name)) {
            return Optional.empty();
        }
        return Optional.of(new NameRow(link.kind().word(), link.sourceId(), link.name(), name));
    }

    /** The first examples of each rule. */
    Map<String, List<String>> findings() {
        Map<String, List<String>> examples = new HashMap<>();
        try (var csv = new CsvFile(folder.resolve("findings.csv"), "rule", "kind", "source_id", "lane", "detail")) {
            long after = 0;
            var page = ledger.findings().page(run, null, after, PAGE);
            while (!page.isEmpty()) {
                for (var stored : page) {
                    var finding = stored.finding();
                    csv.row(finding.rule(), finding.kind(), finding.sourceId(), stored.lane(), finding.detail());
                    var some = examples.computeIfAbsent(finding.rule(), rule -> new ArrayList<>());
                    if (some.size() < EXAMPLES && finding.sourceId() != null) {
                        some.add(finding.sourceId());
                    }
                }
                after = page.get(page.size() - 1).seq();
                page = ledger.findings().page(run, null, after, PAGE);
            }
        }
        return examples;
    }

    /** People whom a rule gave an address. */
    Part<NameRow> invented(Optional<String> rule) {
        if (rule.isEmpty()) {
            return new Part<>(List.of(), 0);
        }
        var shown = new ArrayList<NameRow>();
        long total = 0;
        long after = 0;
        try (var csv = new CsvFile(folder.resolve("invented-emails.csv"), "source_id", "source", "target")) {
            var page = ledger.findings().page(run, rule.get(), after, PAGE);
            while (!page.isEmpty()) {
                for (var stored : page) {
                    var link = ledger.links().find(Kind.USER, stored.finding().sourceId());
                    if (link.isPresent()) {
                        total++;
                        var row = new NameRow(
                                "user",
                                link.get().sourceId(),
                                sourceName(link.get()),
                                link.get().target());
                        csv.row(row.id(), row.source(), row.target());
                        if (shown.size() < SHOWN) {
                            shown.add(row);
                        }
                    }
                }
                after = page.get(page.size() - 1).seq();
                page = ledger.findings().page(run, rule.get(), after, PAGE);
            }
        }
        return new Part<>(List.copyOf(shown), total);
    }

    void deadLetters() {
        try (var csv = new CsvFile(
                folder.resolve("dead-letters.csv"),
                "number",
                "state",
                "kind",
                "part",
                "source_id",
                "conversation",
                "time",
                "archive",
                "entry",
                "index",
                "stage",
                "cause",
                "detail",
                "sha256",
                "attempts")) {
            long after = 0;
            var page = ledger.deadLetters().list(LetterFilter.ALL, after, PAGE);
            while (!page.isEmpty()) {
                for (var letter : page) {
                    csv.row(
                            letter.id(),
                            letter.state().name().toLowerCase(java.util.Locale.ROOT),
                            letter.kind().word(),
                            letter.part(),
                            letter.sourceId(),
                            letter.conversation(),
                            time(letter.time()),
                            letter.origin().archive(),
                            letter.origin().entry(),
                            letter.origin().index(),
                            letter.stage(),
                            letter.cause(),
                            letter.detail(),
                            letter.contentHash(),
                            letter.attempts());
                }
                after = page.get(page.size() - 1).id();
                page = ledger.deadLetters().list(LetterFilter.ALL, after, PAGE);
            }
        }
    }

    /** @param verification its number; 0 when there was none */
    Part<Difference> differences(int verification) {
        var shown = new ArrayList<Difference>();
        long total = 0;
        try (var csv = new CsvFile(
                folder.resolve("differences.csv"), "level", "rule", "kind", "source_id", "field", "detail")) {
            long after = 0;
            var page = ledger.verifications().page(verification, after, PAGE);
            while (!page.isEmpty()) {
                for (var stored : page) {
                    var difference = stored.difference();
                    total++;
                    csv.row(
                            difference.level(),
                            difference.rule(),
                            difference.kind(),
                            difference.sourceId(),
                            difference.field(),
                            difference.detail());
                    if (difference.rule() == null && shown.size() < SHOWN) {
                        shown.add(difference);
                    }
                }
                after = page.get(page.size() - 1).seq();
                page = ledger.verifications().page(verification, after, PAGE);
            }
        }
        return new Part<>(List.copyOf(shown), total);
    }
}
