package dev.caravan.console.page;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongBiFunction;

import dev.caravan.model.Kind;
import dev.caravan.model.Tally;
import dev.caravan.model.Tally.What;

/** The account of a run as tables: records, objects on the target, rules. */
public final class AccountRows {

    private final Tally account;

    AccountRows(Tally account) {
        this.account = account;
    }

    /** @param perSecond read, lately; 0 when nothing goes on */
    public record KindRow(
            String kind,
            long read,
            long delivered,
            long unchanged,
            long filtered,
            long dead,
            long parked,
            long perSecond) {

        /** Invariant 1. */
        public boolean adds() {
            return read == delivered + unchanged + filtered + dead + parked;
        }
    }

    /** Of one kind on the target, made by the run. */
    public record ObjectRow(String kind, long delivered, long placeholders, long splits, long merges) {
        public long sum() {
            return delivered + placeholders + splits - merges;
        }
    }

    /** @param found whether each single one can be looked at */
    public record RuleRow(String rule, long number, boolean found) {}

    /** @param perSecond of a kind and how many were read of it */
    List<KindRow> kinds(ToLongBiFunction<String, Long> perSecond) {
        return all().stream()
                .filter(kind -> account.of(kind, What.READ) > 0)
                .map(kind -> new KindRow(
                        kind,
                        account.of(kind, What.READ),
                        account.of(kind, What.DELIVERED),
                        account.of(kind, What.UNCHANGED),
                        account.of(kind, What.FILTERED),
                        account.of(kind, What.DEAD),
                        account.of(kind, What.PARKED),
                        perSecond.applyAsLong(kind, account.of(kind, What.READ))))
                .toList();
    }

    /** Of whole records only: a part is in the object of its message. */
    List<ObjectRow> objects() {
        return all().stream()
                .filter(kind -> place(kind) < Kind.values().length)
                .map(kind -> new ObjectRow(
                        kind,
                        account.of(kind, What.DELIVERED),
                        account.of(kind, What.CREATED),
                        account.of(kind, What.SPLIT),
                        account.of(kind, What.MERGED)))
                .filter(row -> row.sum() != 0)
                .toList();
    }

    /** The most frequent first. */
    List<RuleRow> rules() {
        Map<String, Long> numbers = new TreeMap<>();
        var found = new TreeSet<String>();
        account.counts().forEach((key, number) -> {
            if (!key.rule().isEmpty() && (key.what() == What.FILTERED || key.what() == What.FINDING)) {
                numbers.merge(key.rule(), number, Long::sum);
            }
            if (key.what() == What.FINDING) {
                found.add(key.rule());
            }
        });
        return numbers.entrySet().stream()
                .map(rule -> new RuleRow(rule.getKey(), rule.getValue(), found.contains(rule.getKey())))
                .sorted(Comparator.comparingLong(RuleRow::number).reversed())
                .toList();
    }

    private List<String> all() {
        return account.counts().keySet().stream()
                .map(Tally.Key::kind)
                .distinct()
                .sorted(Comparator.comparing(AccountRows::place))
                .toList();
    }

    /** People first, as the road has it; then what travels inside a message. */
    private static int place(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(word))
                .map(Kind::ordinal)
                .findFirst()
                .orElse(Kind.values().length);
    }
}
