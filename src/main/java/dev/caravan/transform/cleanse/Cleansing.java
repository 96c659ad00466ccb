package dev.caravan.transform.cleanse;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.model.Refusal;

/**
 * The rules of {@code rules/cleansing.yaml} as they were when loaded (invariant 9). Before the mapping, on the source's
 * tree: the checks of text, then rules with a {@code source}, in the order of the file. After it, on the canonical record:
 * an operator's own rules in the order of the file, then times into us, form, range of times, size, and ids that stand
 * twice in the batch. Thread-safe.
 */
public final class Cleansing {

    private static final List<Check> ORDER =
            List.of(Check.TIME_FORM, Check.CANONICAL_FORM, Check.TIME_RANGE, Check.OVERSIZE);

    private final List<Rule> rules;
    private final Instant began;
    private final ByteRepair byteRepair;
    private final CanonicalCheck canonicalCheck = new CanonicalCheck();
    private final Map<String, Map<Kind, Step[]>> before = new ConcurrentHashMap<>();
    private final Map<Kind, Step[]> after;
    private final Map<Kind, Duplicates> duplicates = new EnumMap<>(Kind.class);

    private Cleansing(List<Rule> all, Instant began) {
        all.forEach(rule -> compile(rule, began));
        rejectDoubles(all);
        this.rules = all.stream().filter(rule -> rule.action() != Action.OFF).toList();
        this.began = began;
        this.byteRepair = new EncodingRepair(ofCheck(Check.ENCODING).findFirst().orElse(null));
        this.after = perKind(this::stepsAfter);
        ofCheck(Check.DUPLICATE_ID)
                .forEach(rule -> rule.kinds().forEach(kind -> duplicates.put(kind, new Duplicates(rule))));
    }

    /**
     * @param routes the folder that holds {@code rules/cleansing.yaml}
     * @param began when the migration began: times long after it are out of range, today and when it is resumed
     * @throws Problem CRV-510 to CRV-516, with file, line and rule
     */
    public static Cleansing load(Path routes, Instant began) {
        return new Cleansing(RulesFile.read(routes.resolve("rules").resolve("cleansing.yaml")), began);
    }

    /** For readers, for records that are not valid UTF-8. */
    public ByteRepair byteRepair() {
        return byteRepair;
    }

    /** @param sourceKind the connector the records came from: {@code slack-export} */
    public Batch beforeMapping(Batch batch, String sourceKind) {
        var steps = before.computeIfAbsent(sourceKind, source -> perKind(kind -> stepsBefore(kind, source)));
        return each(batch, steps.get(batch.kind()), Item::source, Item::withSource);
    }

    public Batch afterMapping(Batch batch) {
        var cleansed = each(
                batch, after.get(batch.kind()), Item::canonical, (item, tree) -> item.withCanonical((ObjectNode) tree));
        var twice = duplicates.get(batch.kind());
        return twice == null ? cleansed : twice.apply(cleansed);
    }

    private static Batch each(
            Batch batch, Step[] steps, Function<Item, JsonNode> tree, BiFunction<Item, JsonNode, Item> with) {
        var items = batch.items();
        List<Item> changed = null;
        var refused = new ArrayList<Refusal>();
        var findings = new ArrayList<Finding>();
        var notes = new Notes();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            notes.clear();
            var old = tree.apply(item);
            var mended = old;
            for (int s = firstStep(steps, item); s < steps.length && !notes.refused(); s++) {
                mended = steps[s].apply(mended, notes);
            }
            if (changed == null && (mended != old || notes.refused())) {
                changed = new ArrayList<>(items.subList(0, i));
            }
            if (notes.refused()) {
                refused.add(notes.refusal(item, batch.kind()));
                continue;
            }
            notes.addTo(findings, item, batch.kind());
            if (changed != null) {
                changed.add(mended == old ? item : with.apply(item, mended));
            }
        }
        var result = changed == null ? batch : batch.withItems(changed);
        return result.plusRefused(refused).plusFindings(findings);
    }

    /** The checks of text, always the first step, can be spared where the raw bytes prove that there is nothing to find. */
    private static int firstStep(Step[] steps, Item item) {
        return steps.length > 0 && steps[0] instanceof TextRules text && text.sparedBy(item) ? 1 : 0;
    }

    private Step[] stepsBefore(Kind kind, String source) {
        var text = rules.stream()
                .filter(rule -> isText(rule) && rule.concerns(kind, source))
                .toList();
        var steps = new ArrayList<Step>();
        if (!text.isEmpty()) {
            steps.add(new TextRules(text));
        }
        rules.stream()
                .filter(rule -> rule.source() != null && !isText(rule) && rule.concerns(kind, source))
                .forEach(rule -> steps.add(compile(rule, began)));
        return steps.toArray(Step[]::new);
    }

    private Step[] stepsAfter(Kind kind) {
        return rules.stream()
                .filter(rule -> rule.source() == null && rule.kinds().contains(kind))
                .filter(rule -> rule.check() == null || ORDER.contains(rule.check()))
                .sorted(Comparator.comparingInt(Cleansing::place))
                .map(rule -> rule.check() == Check.CANONICAL_FORM ? form(rule, kind) : compile(rule, began))
                .toArray(Step[]::new);
    }

    /** Own rules first, in the order of the file. */
    private static int place(Rule rule) {
        return rule.check() == null ? -1 : ORDER.indexOf(rule.check());
    }

    private Step form(Rule rule, Kind kind) {
        return (tree, notes) -> {
            var fault = canonicalCheck.fault(kind, tree);
            if (fault != null) {
                notes.refuse(rule, fault.cause(), fault.pointer());
            }
            return tree;
        };
    }

    /** Null for what is no step on one tree; called for rules that are off, too, so that their settings are checked. */
    private static Step compile(Rule rule, Instant began) {
        if (rule.check() == null) {
            return OwnRule.of(rule);
        }
        return switch (rule.check()) {
            case TIME_FORM -> TimeForm.of(rule);
            case TIME_RANGE -> TimeRange.of(rule, began);
            case OVERSIZE -> Oversize.of(rule);
            case MOJIBAKE -> {
                TextRules.refusesLossy(rule);
                yield null;
            }
            default -> null;
        };
    }

    /** Two rules for one check of text, or of the batch, would have to agree on what to do. */
    private static void rejectDoubles(List<Rule> all) {
        for (var rule : all) {
            for (var other : all) {
                if (rule == other) {
                    break;
                }
                boolean sameSource = rule.source() == null
                        || other.source() == null
                        || rule.source().equals(other.source());
                if (rule.check() == other.check()
                        && rule.check() != null
                        && rule.check().moment() != Check.Moment.TREE
                        && sameSource
                        && rule.kinds().stream().anyMatch(other.kinds()::contains)) {
                    throw new Problem(
                            "CRV-516",
                            rule.place().file(),
                            rule.place().line(),
                            rule.id(),
                            other.id(),
                            rule.check().word());
                }
            }
        }
    }

    private Stream<Rule> ofCheck(Check check) {
        return rules.stream().filter(rule -> rule.check() == check);
    }

    private static boolean isText(Rule rule) {
        return rule.check() != null && rule.check().moment() == Check.Moment.TEXT;
    }

    private static Map<Kind, Step[]> perKind(Function<Kind, Step[]> steps) {
        var all = new EnumMap<Kind, Step[]>(Kind.class);
        for (var kind : Kind.values()) {
            all.put(kind, steps.apply(kind));
        }
        return all;
    }
}
