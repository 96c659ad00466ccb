package dev.caravan.migration.letters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterIdentity;
import dev.caravan.ledger.LetterState;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Carries what people did about dead letters from one migration of a source to another: from a rehearsal to production. */
@ApplicationScoped
public class Corrections {

    private static final int PAGE = 200;
    private static final Pattern IDENTITY = Pattern.compile("[0-9a-f]{64}");

    private final LedgerAccess ledgers;
    private final Letters letters;

    public Corrections(LedgerAccess ledgers, Letters letters) {
        this.ledgers = ledgers;
        this.letters = letters;
    }

    /** All edits and waivers, one by one, by the number of their letters. */
    public void export(Consumer<Correction> take) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            long after = 0;
            for (boolean more = true; more; ) {
                var page = ledger.deadLetters().corrected(after, PAGE);
                page.forEach((identity, letter) -> take.accept(correction(identity, letter)));
                more = page.size() == PAGE;
                after = page.values().stream()
                        .mapToLong(letter -> letter.head().id())
                        .max()
                        .orElse(after);
            }
        }
    }

    private static Correction correction(LetterIdentity identity, Letter letter) {
        var head = letter.head();
        var waived = head.state() == LetterState.WAIVED;
        var text = waived ? Optional.<String>empty() : utf8(letter.edited());
        return new Correction(
                identity.value(),
                head.contentHash(),
                head.kind() == null ? null : head.kind().word(),
                head.sourceId(),
                head.conversation(),
                head.origin().toString(),
                text.orElse(null),
                waived || text.isPresent() ? null : letter.edited(),
                waived ? head.waivedWhy() : null);
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    /**
     * @param mended letters that were changed
     * @param waived letters that were waived
     * @param same letters that were so already
     * @param settled letters that went through here, or were waived, before
     * @param missing corrections no letter here fits: the record was read well, or is another by now
     * @param refused what is wrong with others
     */
    public record Applied(int mended, int waived, int same, int settled, int missing, List<Problem> refused) {}

    /**
     * Mends and waives what is as it was there.
     *
     * @param all each may throw a Problem itself when it cannot be had
     * @param by who applies them
     */
    public Applied apply(Iterator<Supplier<Correction>> all, String by) {
        var count = new Count();
        while (all.hasNext()) {
            try {
                apply(all.next().get(), by, count);
            } catch (Problem problem) {
                count.refused.add(problem);
            }
        }
        return new Applied(count.mended, count.waived, count.same, count.settled, count.missing, count.refused);
    }

    private static final class Count {
        private int mended;
        private int waived;
        private int same;
        private int settled;
        private int missing;
        private final List<Problem> refused = new ArrayList<>();
    }

    private void apply(Correction correction, String by, Count count) {
        var found = find(correction);
        if (found.isEmpty()) {
            count.missing++;
            return;
        }
        var letter = found.get();
        long id = letter.head().id();
        if (letter.head().state().isSettled()) {
            count.settled++;
        } else if (correction.waived() != null) {
            letters.waive(new Selection(new TreeSet<>(List.of(id)), LetterFilter.ALL), by, correction.waived());
            count.waived++;
        } else if (Arrays.equals(letter.current(), record(correction))) {
            count.same++;
        } else {
            letters.edit(id, record(correction));
            count.mended++;
        }
    }

    private Optional<Letter> find(Correction correction) {
        var identity = correction.identity();
        var empty = correction.waived() == null && correction.record() == null && correction.bytes() == null;
        if (empty || identity == null || !IDENTITY.matcher(identity).matches()) {
            throw new Problem("CRV-648");
        }
        try (Ledger ledger = ledgers.openReadOnly()) {
            return ledger.deadLetters().find(new LetterIdentity(identity));
        }
    }

    private static byte[] record(Correction correction) {
        return correction.record() == null
                ? correction.bytes()
                : correction.record().getBytes(StandardCharsets.UTF_8);
    }
}
