package dev.caravan.migration.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.Run;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.Capabilities;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Tally;
import dev.caravan.transform.link.TargetText;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transport.ElementCount;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.CamelContext;

/**
 * Compares target with source in three levels: the account; how many records there are; each record, field by field. The
 * target is read back by its own connector, so that nothing that wrote it vouches for it.
 */
@ApplicationScoped
@Named("verification")
public class Verification {

    private static final String MIGRATION = "run";
    private static final String JSON_SYNTAX = "json-syntax";
    private static final List<String> NEVER_COMPARED = List.of(
            "membership.bot",
            "message.alias",
            "message.cards",
            "message.edited",
            "message.pinned",
            "user.email",
            "user.role");

    private final Settings settings;
    private final List<MappingFunctions> functions;
    private final List<TargetText> texts;
    private final List<ElementCount> counters;
    private final CurrentRun current;
    private final CamelContext camel;

    public Verification(
            Settings settings,
            @All List<MappingFunctions> functions,
            @All List<TargetText> texts,
            @All List<ElementCount> counters,
            CurrentRun current,
            CamelContext camel) {
        this.settings = settings;
        this.functions = functions;
        this.texts = texts;
        this.counters = counters;
        this.current = current;
        this.camel = camel;
    }

    /** The last phase of a run; a run that is asked to stop leaves no result. */
    public void ofRun() {
        var run = current.get();
        if (!run.stopping()) {
            run.phase("verification");
            current.phase("verification");
            verify(run.ledger(), run.number(), run::stopping);
        }
    }

    /**
     * Needs a ledger that can be written, for the result, and Camel started.
     *
     * @param run that verifies: a migration by its own account; any other by that of the last completed migration, as a later
     *     one may have been interrupted
     * @param stopping asked now and then
     * @return null when it was stopped
     */
    public VerificationResult verify(Ledger ledger, int run, BooleanSupplier stopping) {
        var one = new One(ledger, ledger.verifications().start(), stopping);
        try {
            return one.verify(run);
        } catch (Stopped stopped) {
            return null;
        }
    }

    /** One verification. */
    private final class One {

        private final Ledger ledger;
        private final int number;
        private final BooleanSupplier stopping;
        private final Differences differences;
        private final TargetText text;
        /** Names of people whom earlier packages brought and the last one does not repeat. */
        private final Set<String> imported;

        private final SortedMap<String, VerificationResult.Count> counts = new TreeMap<>();
        private final List<String> notChecked = new ArrayList<>();
        private final SortedMap<String, Long> notCheckedCounts = new TreeMap<>();
        private List<ConversationCount> unequalDays = List.of();

        One(Ledger ledger, int number, BooleanSupplier stopping) {
            this.ledger = ledger;
            this.number = number;
            this.stopping = stopping;
            this.differences = new Differences(ledger.verifications(), number);
            this.imported = ledger.seals()
                    .last()
                    .map(seal -> ledger.imports().names(Kind.USER, seal.number()))
                    .orElse(Set.of());
            this.text = texts.stream()
                    .filter(one -> one.sinkKind().equals(settings.sink().kind()))
                    .findFirst()
                    .orElse(TargetText.AS_IS);
        }

        VerificationResult verify(int run) {
            var account = ledger.runs()
                    .last(MIGRATION)
                    .filter(last -> last.id() == run)
                    .or(() -> ledger.runs().lastCompleted(MIGRATION))
                    .map(Run::id)
                    .map(ledger.runs()::account)
                    .orElse(Tally.NONE);
            AccountCheck.of(account, differences);
            elements(account);
            lostRests();
            target();
            differences.flush();
            var rules = new LossyRules(
                            ledger,
                            MIGRATION,
                            text.lossyRules(),
                            settings.verify().ceiling())
                    .uses(differences.rules(), differences.examples(), counts);
            var result = new VerificationResult(
                    number,
                    verdict(rules),
                    differences.fields(),
                    counts,
                    rules,
                    unequalDays,
                    notChecked,
                    notCheckedCounts);
            ledger.verifications().complete(number, Summary.of(result));
            return result;
        }

        private Verdict verdict(List<RuleUse> rules) {
            if (!differences.fields().isEmpty() || rules.stream().anyMatch(RuleUse::exceeded)) {
                return Verdict.DIFFERENT;
            }
            return rules.isEmpty() ? Verdict.EQUAL : Verdict.EQUAL_BY_RULE;
        }

        /** What was read, against a second and simpler count. */
        private void elements(Tally account) {
            var counted = counters.stream()
                    .filter(counter ->
                            counter.sourceKind().equals(settings.source().kind()))
                    .map(counter -> counter.messages(settings.source().properties()))
                    .findFirst()
                    .orElse(OptionalLong.empty());
            long read = account.of(Kind.MESSAGE.word(), Tally.What.READ)
                    - account.counts().getOrDefault(Tally.REPLAYED_MESSAGES, 0L);
            if (counted.isEmpty()) {
                notChecked.add("elements");
            } else if (counted.getAsLong() != read) {
                differences.ofAccount("message", "elements", counted.getAsLong() + " counted, " + read + " read");
            }
        }

        /** Behind a syntax error nobody knows what a source held. */
        private void lostRests() {
            var causes = LetterFilter.ALL.withCause(JSON_SYNTAX);
            for (var state : List.of(LetterState.OPEN, LetterState.EDITED)) {
                ledger.deadLetters()
                        .list(causes.withState(state), 0, Differences.MOST_A_FIELD)
                        .forEach(letter -> differences.ofAccount("message", "rest-lost", "dead letter " + letter.id()));
            }
        }

        private void target() {
            var target = TargetReader.of(settings, functions, camel, told());
            if (target.isEmpty()) {
                notChecked.add("target");
                return;
            }
            notChecked.addAll(NEVER_COMPARED);
            if (!imported.isEmpty()) {
                notChecked.add("user.imported");
            }
            try (var reader = target.get()) {
                compare(reader);
            } catch (Problem unreadable) {
                differences.ofAccount("target", "unreadable", unreadable.code());
            }
        }

        private Map<String, Object> told() {
            return ledger.seals()
                    .last()
                    .map(seal -> Map.of(ReadRequest.SEALED, seal.path(), ReadRequest.IMPORTED, imported))
                    .orElse(Map.of());
        }

        private void compare(TargetReader target) {
            var tooOld = TooOld.of(ledger, current.readableSince());
            var directory = new DirectoryComparison(ledger, text, differences, tooOld, imported);
            directory(target, Kind.USER, directory::people);
            directory(target, Kind.CHANNEL, directory::conversations);
            directory(target, Kind.EMOJI, directory::emoji);
            if (target.reads(Kind.MEMBERSHIP)) {
                new MembershipComparison(ledger, differences, directory.withoutMemberships())
                        .compare(() -> readBack(target, Kind.MEMBERSHIP));
            }
            notChecked("channel.too-old", directory.notChecked());
            messages(target, tooOld);
        }

        private void notChecked(String what, long records) {
            if (records > 0) {
                notChecked.add(what);
                notCheckedCounts.put(what, records);
            }
        }

        private void directory(TargetReader target, Kind kind, ToLongFunction<ReadBack> comparison) {
            if (target.reads(kind)) {
                try (var found = readBack(target, kind)) {
                    long expected = comparison.applyAsLong(found);
                    counts.put(kind.word(), new VerificationResult.Count(expected, found.records()));
                }
            }
        }

        private ReadBack readBack(TargetReader target, Kind kind) {
            return new ReadBack(kind, target.open(kind, Lane.WHOLE), target.mapping(), differences);
        }

        private boolean live() {
            return Capabilities.of(settings.sink().kind(), settings.home().resolve("routes"))
                    .live();
        }

        private void messages(TargetReader target, TooOld tooOld) {
            var comparison = new MessageComparison(ledger, differences, tooOld, text.editedAfterImport());
            var live = live();
            try (var should = new LedgerSide(ledger, live);
                    var found = live
                            ? new ReadBack(
                                    Kind.MESSAGE,
                                    new LaneByLane(ledger, should.places(), lane -> target.open(Kind.MESSAGE, lane)),
                                    target.mapping(),
                                    differences)
                            : readBack(target, Kind.MESSAGE)) {
                comparison.compare(should, new TargetSide(found, new FieldDigests(text), stopping));
                long objects = found.objects() - should.objects() - comparison.explainedObjects();
                if (objects != 0) {
                    differences.ofAccount(
                            "message", "objects", should.objects() + " created, " + found.objects() + " found");
                }
            }
            counts.put(
                    Kind.MESSAGE.word(),
                    new VerificationResult.Count(comparison.expectedMessages(), comparison.foundMessages()));
            unequalDays = comparison.unequalDays();
            notChecked("message.too-old", comparison.notChecked());
        }
    }
}
