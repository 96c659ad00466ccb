package dev.caravan.migration.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.Seal;
import dev.caravan.ledger.Verifications.Verification;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Settings;
import dev.caravan.migration.report.ReportFacts.CauseRow;
import dev.caravan.migration.report.ReportFacts.DifferenceCount;
import dev.caravan.migration.report.ReportFacts.RunFacts;
import dev.caravan.migration.report.ReportFacts.Sealed;
import dev.caravan.migration.report.ReportFacts.Settled;
import dev.caravan.migration.report.ReportFacts.Unchecked;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import dev.caravan.model.Words;
import dev.caravan.transform.mapping.TargetRules;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells what a run did: {@code report.html} for people, {@code report.json} and CSV tables for machines. */
@ApplicationScoped
public class Reports {

    static final String UNVERIFIED = "unverified";
    private static final String INTERRUPTED = "interrupted";

    private final Settings settings;
    private final LedgerAccess ledgers;
    private final List<TargetRules> rules;
    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    public Reports(Settings settings, LedgerAccess ledgers, @All List<TargetRules> rules) {
        this.settings = settings;
        this.ledgers = ledgers;
        this.rules = rules;
    }

    /**
     * Writes the report on the last run into the work directory, over an earlier one.
     *
     * @param command whose last run
     * @return the page
     * @throws Problem CRV-310 when there was no run, CRV-311 when it cannot be written
     */
    public Path write(String command, Words words) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            return write(ledger, ledger.runs().last(command).orElseThrow(() -> new Problem("CRV-310")), words);
        }
    }

    /**
     * The same on a run that is just being completed.
     *
     * @throws Problem CRV-311 when it cannot be written
     */
    public Path write(Run run, Words words) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            return write(ledger, run, words);
        }
    }

    private Path write(Ledger ledger, Run run, Words words) {
        var folder = settings.workDir().resolve("report");
        try {
            Files.createDirectories(folder);
            var facts = facts(ledger, run, folder);
            json.writeValue(folder.resolve("report.json").toFile(), facts);
            var page = folder.resolve("report.html");
            Files.writeString(page, new ReportPage("report.html").render(facts, new Say(words, settings.timeZone())));
            return page;
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-311", folder, denied.getMessage());
        }
    }

    private ReportFacts facts(Ledger ledger, Run run, Path folder) {
        var tables = new Tables(ledger, run.id(), folder, settings.timeZone());
        var target = rules.stream()
                .filter(one -> one.sinkKind().equals(settings.sink().kind()))
                .findFirst()
                .orElse(TargetRules.NONE);
        var tally = ledger.runs().account(run.id());
        var account = Accounts.of(ledger, run.id());
        var verification = ledger.verifications()
                .last()
                .filter(last -> last.ended() != null && !last.started().isBefore(run.started()));
        JsonNode summary = verification.map(this::summary).orElse(MissingNode.getInstance());
        var compared = new Compared(summary);
        var number = verification.map(Verification::number).orElse(0);
        var counts = ledger.verifications().counts(number).stream()
                .map(count -> new DifferenceCount(count.rule(), count.kind(), count.n()))
                .toList();
        var waiting = waiting(ledger);
        var names = tables.names();
        var invented = tables.invented(target.inventedEmail());
        var sealed = ledger.seals().last().map(Reports::sealed).orElse(null);
        var completed = run.state() == Run.State.COMPLETED;
        var verdict = completed ? summary.path("verdict").asText(UNVERIFIED) : INTERRUPTED;
        var next = new NextSteps()
                .interrupted(!completed)
                .accountBroken(account.stream().anyMatch(kind -> !kind.addsUp()))
                .differences(counts.stream()
                        .filter(count -> count.rule() == null)
                        .mapToLong(DifferenceCount::count)
                        .sum())
                .ceilings(compared.rules())
                .deadLetters(waiting.stream().mapToLong(CauseRow::count).sum())
                .unverified(verdict.equals(UNVERIFIED))
                .names(names.total())
                .inventedEmails(invented.total())
                .importing(sealed, target::advice)
                .list();
        tables.deadLetters();
        return new ReportFacts(
                verdict,
                new RunFacts(
                        run.id(), run.state().name().toLowerCase(Locale.ROOT), run.cause(), run.started(), run.ended()),
                account,
                next,
                tables.conversations(),
                Accounts.findings(tally, tables.findings()),
                waiting,
                new Settled(count(ledger, LetterState.REPLAYED), count(ledger, LetterState.WAIVED)),
                Losses.of(tally, target.effects()),
                tables.differences(number),
                counts,
                compared.rules(),
                compared.unequalDays(),
                names,
                invented,
                unchecked(summary, tally.of("file", Tally.What.FILTERED)),
                sealed,
                new ShownSettings(settings).source(),
                new ShownSettings(settings).all(),
                ledger.runs().fingerprint(run.id()),
                versions());
    }

    private JsonNode summary(Verification verification) {
        try {
            return json.readTree(Objects.requireNonNullElse(verification.summary(), "{}"));
        } catch (JsonProcessingException ours) {
            throw new IllegalStateException("The ledger holds a broken summary", ours);
        }
    }

    private static List<CauseRow> waiting(Ledger ledger) {
        return ledger.deadLetters().waiting().entrySet().stream()
                .map(entry -> new CauseRow(entry.getKey(), entry.getValue()))
                .sorted(java.util.Comparator.comparingLong(CauseRow::count).reversed())
                .toList();
    }

    private static long count(Ledger ledger, LetterState state) {
        return ledger.deadLetters().countByCause(LetterFilter.ALL.withState(state)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static Sealed sealed(Seal seal) {
        return new Sealed(seal.number(), seal.path(), seal.sha256(), seal.size(), seal.imported());
    }

    private static List<Unchecked> unchecked(JsonNode summary, long filesWithoutBytes) {
        var unchecked = new ArrayList<Unchecked>();
        if (summary.isMissingNode()) {
            unchecked.add(new Unchecked("unchecked.verification", List.of()));
        }
        summary.path("notChecked")
                .forEach(what -> unchecked.add(new Unchecked("unchecked." + what.asText(), counted(summary, what))));
        unchecked.add(new Unchecked("unchecked.import", List.of()));
        if (filesWithoutBytes > 0) {
            unchecked.add(new Unchecked("unchecked.files", List.of(filesWithoutBytes)));
        }
        unchecked.add(new Unchecked("unchecked.source", List.of()));
        return unchecked;
    }

    private static List<Object> counted(JsonNode summary, JsonNode what) {
        var count = summary.path("notCheckedCounts").path(what.asText());
        return count.isMissingNode() ? List.of() : List.of(count.asLong());
    }

    private static Map<String, String> versions() {
        return Map.of(
                "Caravan",
                Objects.requireNonNullElse(Reports.class.getPackage().getImplementationVersion(), "0"),
                "Java",
                System.getProperty("java.version"));
    }
}
