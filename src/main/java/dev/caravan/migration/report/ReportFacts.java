package dev.caravan.migration.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import dev.caravan.ledger.Difference;
import dev.caravan.transform.mapping.TargetRules.Effect;

/**
 * All the report says, without words: {@code report.json}. Long lists hold their beginning only; the whole of them is in
 * the CSV files beside it. Ids, names of people and conversations, counts and times; never the text of a message.
 *
 * @param verdict equal, equal-by-rule, different, unverified, or interrupted
 */
public record ReportFacts(
        String verdict,
        RunFacts run,
        List<KindAccount> account,
        List<NextStep> next,
        Part<ConversationRow> conversations,
        List<FindingRow> findings,
        List<CauseRow> deadLetters,
        Settled settled,
        List<LossRow> losses,
        Part<Difference> differences,
        List<DifferenceCount> differenceCounts,
        List<RuleRow> rules,
        Part<DayRow> unequalDays,
        Part<NameRow> names,
        Part<NameRow> inventedEmails,
        List<Unchecked> unchecked,
        Sealed sealed,
        List<SourceFile> source,
        SortedMap<String, String> settings,
        SortedMap<String, String> fingerprint,
        Map<String, String> versions) {

    /** @param cause why it stopped before its end, null when it did not */
    public record RunFacts(int number, String state, String cause, Instant started, Instant ended) {}

    /**
     * Invariant 1 for one kind.
     *
     * @param missing read - (delivered + unchanged + filtered + dead + parked): 0 when the account adds up
     * @param objects on the target, as its records say
     * @param surplus objects - (delivered + placeholders + splits - merges): 0 when the account adds up
     */
    public record KindAccount(
            String kind,
            long read,
            long delivered,
            long unchanged,
            long filtered,
            long dead,
            long parked,
            long placeholders,
            long splits,
            long merges,
            long objects,
            long missing,
            long surplus) {

        public boolean addsUp() {
            return missing == 0 && surplus == 0;
        }

        /** Whether there is more on the target than was delivered. */
        public boolean extra() {
            return placeholders + splits > 0;
        }

        public boolean recorded() {
            return objects > 0;
        }
    }

    /** @param command what to type, null when nothing is to be typed */
    public record NextStep(String id, List<Object> arguments, String command) {}

    /** The beginning of a long list. */
    public record Part<T>(List<T> shown, long total) {
        public boolean cut() {
            return shown.size() < total;
        }

        public boolean any() {
            return total > 0;
        }
    }

    /**
     * @param source what the source calls it
     * @param target what the target calls it, empty when a rule leaves it out
     * @param type public, private or direct, as on the target; {@code left-out}
     * @param onTarget messages there now
     * @param first us since 1970, 0 for none
     * @param last us since 1970, 0 for none
     */
    public record ConversationRow(
            String id,
            String source,
            String target,
            String type,
            long read,
            long delivered,
            long unchanged,
            long filtered,
            long dead,
            long onTarget,
            long first,
            long last) {}

    /** @param examples ids of the first records */
    public record FindingRow(String rule, String kind, long count, List<String> examples) {}

    /** Dead letters that wait for somebody. */
    public record CauseRow(String cause, long count) {}

    /** Dead letters people are done with. */
    public record Settled(long replayed, long waived) {
        public boolean any() {
            return replayed + waived > 0;
        }
    }

    public record LossRow(String kind, String rule, Effect effect, long count) {
        public String effectWord() {
            return effect.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param rule null for what no rule explains */
    public record DifferenceCount(String rule, String kind, long count) {}

    /**
     * A declared rule of the target that changes or loses something, as verification counted it.
     *
     * @param of how many records of the kind there are
     * @param ceiling share of them the rule may touch before the target counts as different
     * @param examples source ids
     */
    public record RuleRow(
            String rule, String kind, long records, long of, double ceiling, boolean exceeded, List<String> examples) {}

    /** @param day UTC: {@code 2024-03-04} */
    public record DayRow(String conversation, String day, long missing, long extra) {}

    /** @param kind user or channel */
    public record NameRow(String kind, String id, String source, String target) {}

    public record Unchecked(String id, List<Object> arguments) {}

    /** @param imported whether somebody said that the target took it */
    public record Sealed(int number, String path, String sha256, long bytes, boolean imported) {}

    public record SourceFile(String name, long bytes) {}

    /** The few numbers that say most, of messages. */
    public List<Figure> figures() {
        return account.stream()
                .filter(kind -> "message".equals(kind.kind()))
                .flatMap(kind -> java.util.stream.Stream.of(
                        new Figure("figure.read", kind.read()),
                        new Figure("figure.arrived", kind.delivered() + kind.unchanged()),
                        new Figure("figure.filtered", kind.filtered()),
                        new Figure("figure.dead", kind.dead()),
                        new Figure("figure.conversations", conversations.total())))
                .toList();
    }

    public record Figure(String key, long value) {}

    public boolean addsUp() {
        return account.stream().allMatch(KindAccount::addsUp);
    }
}
