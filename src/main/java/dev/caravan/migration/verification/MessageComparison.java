package dev.caravan.migration.verification;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.caravan.ledger.Ledger;
import dev.caravan.migration.verification.FieldDigests.Field;
import dev.caravan.model.Kind;

/**
 * Compares the messages of both sides, one pass over each, in memory that does not grow with their number. Both come in
 * nearly the same order; where they fall out of step, messages wait for their partner until the sides meet again.
 */
final class MessageComparison {

    static final String ASSIGNED_TIME = "assigned-time";
    static final String REPLY_BEFORE_ROOT = "reply-before-root";
    static final String REPLY_WITHOUT_ROOT = "reply-without-root";

    private static final int MOST_DAYS = 10_000;
    private static final int LONGEST_STRETCH = 50_000;

    private final Ledger ledger;
    private final Differences differences;
    private final TooOld tooOld;
    private final String editedAfterImport;
    private final Unmatched expected = new Unmatched(this::missing);
    private final Unmatched found = new Unmatched(this::extra);
    private final Misplaced stretch = new Misplaced();
    private final List<String> misplaced = new ArrayList<>();
    private final Map<String, long[]> days = new HashMap<>();
    private final List<Side> surplus = new ArrayList<>();
    private int window;
    private long matched;
    private long missing;
    private long notChecked;
    private long extra;
    private long objectsOff;

    /**
     * @param tooOld of what is not found, it need not be missing
     * @param editedAfterImport rule for what the target keeps as it was imported
     */
    MessageComparison(Ledger ledger, Differences differences, TooOld tooOld, String editedAfterImport) {
        this.ledger = ledger;
        this.differences = differences;
        this.tooOld = tooOld;
        this.editedAfterImport = editedAfterImport;
    }

    /**
     * @param should the ledger's side
     * @param is the target's side
     */
    void compare(SideReader should, SideReader is) {
        Side left = should.next(window);
        Side right = is.next(window);
        while (left != null || right != null) {
            if (left != null && right != null && left.id().equals(right.id())) {
                inStep(left, right);
                left = should.next(window);
                right = is.next(window);
                continue;
            }
            var awaited = right == null ? null : expected.take(right.id());
            if (awaited != null) {
                outOfStep(awaited, right);
                right = is.next(window);
                continue;
            }
            awaited = left == null ? null : found.take(left.id());
            if (awaited != null) {
                outOfStep(left, awaited);
                left = should.next(window);
                continue;
            }
            boolean leftOnly = right == null || left != null && far(left, right, found) && should.isBehind(left, right);
            boolean rightOnly =
                    left == null || !leftOnly && far(left, right, expected) && !should.isBehind(left, right);
            if (!rightOnly) {
                expected.add(left);
                left = should.next(window);
            }
            if (!leftOnly) {
                found.add(right);
                right = is.next(window);
            }
        }
        endStretch();
        expected.all().forEach(this::missing);
        found.all().forEach(this::extra);
        tellSurplus();
    }

    /** A whole conversation is gone, or too many: the other side is to wait, not to run ahead. */
    private static boolean far(Side left, Side right, Unmatched waiting) {
        return waiting.size() > Unmatched.MOST / 100 && !left.conversation().equals(right.conversation());
    }

    private void inStep(Side should, Side is) {
        endStretch();
        fields(should, is);
    }

    private void outOfStep(Side should, Side is) {
        boolean sameThread = fields(should, is);
        if (!sameThread) {
            return;
        }
        if (should.window() < window || is.window() < window) {
            misplaced.add(should.id());
        } else {
            stretch.add(should.index(), is.index(), should.id());
            if (stretch.size() == LONGEST_STRETCH) {
                endStretch();
            }
        }
    }

    private void endStretch() {
        if (expected.size() + found.size() > 0 || stretch.size() > 0) {
            window++;
            misplaced.addAll(stretch.end());
        }
    }

    /** @return whether the message stands in the thread and the conversation it should be in */
    private boolean fields(Side should, Side is) {
        matched++;
        edited(should);
        boolean place = should.conversation().equals(is.conversation());
        if (!place) {
            differences.of(Kind.MESSAGE, should.id(), "conversation", should.conversation() + " " + is.conversation());
        }
        var fields = FieldDigests.differing(should.digests(), is.digests());
        if (fields.contains(Field.THREAD) && raised(should, is)) {
            fields.remove(Field.TIME);
        }
        for (var field : fields) {
            var rule =
                    switch (field) {
                        case TIME -> timeRule(should, is);
                        case THREAD -> threadRule(should);
                        default -> null;
                    };
            var detail = detail(field, should, is);
            if (rule != null) {
                differences.byRule(rule, Kind.MESSAGE, should.id(), field.word(), detail);
            } else {
                differences.of(Kind.MESSAGE, should.id(), field.word(), detail);
                place &= field != Field.THREAD;
            }
        }
        return place;
    }

    /** The package has to hold what was imported, and is compared with that; how the source differs by now is told apart. */
    private void edited(Side should) {
        var now = should.sealed().edited();
        if (now == null) {
            return;
        }
        var fields = FieldDigests.differing(should.digests(), now).stream()
                .map(Field::word)
                .collect(Collectors.joining(","));
        var field = fields.isEmpty() ? null : fields;
        if (editedAfterImport == null) {
            differences.of(Kind.MESSAGE, should.id(), field, null);
        } else {
            differences.byRule(editedAfterImport, Kind.MESSAGE, should.id(), field, null);
        }
    }

    private static String detail(Field field, Side should, Side is) {
        return field == Field.TIME
                ? FieldDigests.time(should.digests()) + " " + FieldDigests.time(is.digests())
                : FieldDigests.hex(should.digests(), field) + " " + FieldDigests.hex(is.digests(), field);
    }

    private static String timeRule(Side should, Side is) {
        long time = FieldDigests.time(is.digests());
        if (time == should.sealed().createAt()) {
            return ASSIGNED_TIME;
        }
        return raised(should, is) ? REPLY_BEFORE_ROOT : null;
    }

    /** A reply that is earlier than the root it stands under has the root's time. */
    private static boolean raised(Side should, Side is) {
        long time = FieldDigests.time(is.digests());
        return time == is.threadTime() && FieldDigests.time(should.digests()) < time;
    }

    /** A reply can only stand in the thread of a root that went to the target. */
    private String threadRule(Side should) {
        var root = should.sealed().root();
        if (root == null) {
            return null;
        }
        var rows = ledger.records().find(Kind.MESSAGE, should.sealed().lane(), List.of(root));
        return rows.isEmpty() ? REPLY_WITHOUT_ROOT : null;
    }

    private void missing(Side side) {
        objectsOff -= side.sealed().objects();
        if (tooOld.holds(side.sealed().run())) {
            notChecked++;
            return;
        }
        missing++;
        day(side)[0]++;
        differences.of(Kind.MESSAGE, side.id(), "missing", side.conversation());
    }

    /** Whether it is one too many of what the source has is only known at the end. */
    private void extra(Side side) {
        extra++;
        objectsOff++;
        day(side)[1]++;
        if (surplus.size() < Unmatched.MOST) {
            surplus.add(side);
        } else {
            differences.of(Kind.MESSAGE, side.id(), "extra", side.conversation());
        }
    }

    private long[] day(Side side) {
        var day = Instant.ofEpochMilli(FieldDigests.time(side.digests()))
                .atOffset(ZoneOffset.UTC)
                .toLocalDate();
        var key = days.size() < MOST_DAYS ? side.conversation() + "\n" + day : "\n";
        return days.computeIfAbsent(key, k -> new long[2]);
    }

    /** A second object of a record is a duplicate; then the place of the first says nothing about the order. */
    private void tellSurplus() {
        var doubled = new HashSet<String>();
        if (!surplus.isEmpty()) {
            Set<String> ids = new HashSet<>();
            surplus.forEach(side -> ids.add(side.id()));
            try (var known = ledger.records().ids(Kind.MESSAGE)) {
                known.forEachRemaining(id -> {
                    if (ids.contains(id)) {
                        doubled.add(id);
                    }
                });
            }
        }
        for (var side : surplus) {
            var field = doubled.contains(side.id()) ? "duplicate" : "extra";
            differences.of(Kind.MESSAGE, side.id(), field, side.conversation());
        }
        for (var id : misplaced) {
            if (!doubled.contains(id)) {
                differences.of(Kind.MESSAGE, id, "order", null);
            }
        }
    }

    /** Messages that were not found, and of which the target need not tell any more. */
    long notChecked() {
        return notChecked;
    }

    /** Messages that should be there, beside those. */
    long expectedMessages() {
        return matched + missing;
    }

    /** Messages that are there. */
    long foundMessages() {
        return matched + extra;
    }

    /** Objects more on the target than the source asks for, as far as messages missing or too many explain them. */
    long explainedObjects() {
        return objectsOff;
    }

    /** Conversations and days on which the sides disagree. */
    List<ConversationCount> unequalDays() {
        var unequal = new ArrayList<ConversationCount>();
        days.forEach((key, n) -> {
            int end = key.indexOf('\n');
            unequal.add(new ConversationCount(key.substring(0, end), key.substring(end + 1), n[0], n[1]));
        });
        unequal.sort(Comparator.comparing(ConversationCount::conversation).thenComparing(ConversationCount::day));
        return unequal;
    }
}
