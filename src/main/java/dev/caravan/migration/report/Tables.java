package dev.caravan.migration.report;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.caravan.ledger.Difference;
import dev.caravan.ledger.Findings;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.Paged;
import dev.caravan.ledger.Verifications;
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

    /** The page gets the conversations with the most messages. */
    Part<ConversationRow> conversations() {
        return new ConversationTable(ledger, run, this::time).write(folder.resolve("conversations.csv"), CONVERSATIONS);
    }

    private String time(long us) {
        return us == 0 ? "" : time.format(Instant.EPOCH.plus(us, ChronoUnit.MICROS));
    }

    /** People and named conversations that the target calls otherwise than the source. */
    Part<NameRow> names() {
        var shown = new Beginning<NameRow>(SHOWN);
        try (var csv = new CsvFile(folder.resolve("names.csv"), "kind", "source_id", "source", "target")) {
            for (Kind kind : List.of(Kind.CHANNEL, Kind.USER)) {
                try (var links = ledger.links().stream(kind)) {
                    while (links.hasNext()) {
                        renamed(links.next()).ifPresent(row -> {
                            csv.row(row.kind(), row.id(), row.source(), row.target());
                            shown.add(row);
                        });
                    }
                }
            }
        }
        return shown.part();
    }

    private static Optional<NameRow> renamed(Link link) {
        var name = link.target().substring(link.target().indexOf('/') + 1);
        if (link.leftOut()
                || link.target().startsWith(SourceNames.DIRECT)
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
            foundBy(null).each(stored -> {
                var finding = stored.finding();
                csv.row(finding.rule(), finding.kind(), finding.sourceId(), stored.lane(), finding.detail());
                var some = examples.computeIfAbsent(finding.rule(), rule -> new ArrayList<>());
                if (some.size() < EXAMPLES && finding.sourceId() != null) {
                    some.add(finding.sourceId());
                }
            });
        }
        return examples;
    }

    /** People whom a rule gave an address. */
    Part<NameRow> invented(Optional<String> rule) {
        if (rule.isEmpty()) {
            return new Part<>(List.of(), 0);
        }
        var shown = new Beginning<NameRow>(SHOWN);
        try (var csv = new CsvFile(folder.resolve("invented-emails.csv"), "source_id", "source", "target")) {
            foundBy(rule.get()).each(stored -> ledger.links()
                    .find(Kind.USER, stored.finding().sourceId())
                    .ifPresent(link -> {
                        var row = new NameRow("user", link.sourceId(), SourceNames.of(link), link.target());
                        csv.row(row.id(), row.source(), row.target());
                        shown.add(row);
                    }));
        }
        return shown.part();
    }

    /** @param rule null for all */
    private Paged<Long, Findings.Stored> foundBy(String rule) {
        return new Paged<>(0L, after -> ledger.findings().page(run, rule, after, PAGE), Findings.Stored::seq);
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
            new Paged<>(0L, after -> ledger.deadLetters().list(LetterFilter.ALL, after, PAGE), Letter.Head::id)
                    .each(letter -> csv.row(
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
                            letter.attempts()));
        }
    }

    /** @param verification its number; 0 when there was none */
    Part<Difference> differences(int verification) {
        var shown = new Beginning<Difference>(SHOWN);
        try (var csv = new CsvFile(
                folder.resolve("differences.csv"), "level", "rule", "kind", "source_id", "field", "detail")) {
            new Paged<>(0L, after -> ledger.verifications().page(verification, after, PAGE), Verifications.Stored::seq)
                    .each(stored -> {
                        var difference = stored.difference();
                        csv.row(
                                difference.level(),
                                difference.rule(),
                                difference.kind(),
                                difference.sourceId(),
                                difference.field(),
                                difference.detail());
                        if (difference.rule() == null) {
                            shown.add(difference);
                        } else {
                            shown.pass();
                        }
                    });
        }
        return shown.part();
    }
}
