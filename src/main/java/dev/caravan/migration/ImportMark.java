package dev.caravan.migration;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Seal;
import dev.caravan.model.Problem;

/**
 * The setting {@code caravan.sink.imported}: the operator loaded the package of that seal into the target. Said once, it
 * holds for ever; saying it again changes nothing. It is no part of a run's fingerprint.
 */
final class ImportMark {

    /** Name of the property among those of the sink. */
    static final String PROPERTY = "imported";

    private ImportMark() {}

    /**
     * Before anything is read, because only the last package and an unchanged stage tell what was loaded.
     *
     * @throws Problem CRV-420 no number, 421 no such seal, 422 not the last one, 423 the stage changed since
     */
    static void apply(Settings settings, Ledger ledger) {
        var value = settings.sink().properties().get(PROPERTY);
        if (value == null || value.isBlank()) {
            return;
        }
        int number = number(value.trim());
        var seals = ledger.seals().all();
        var seal = seals.stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(() -> new Problem("CRV-421", number, seals.size()));
        if (!seal.imported()) {
            requireLast(seal, seals.get(seals.size() - 1));
            requireSame(seal, ledger);
            ledger.imports().mark(number);
        }
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException noNumber) {
            throw new Problem(noNumber, "CRV-420", value);
        }
    }

    private static void requireLast(Seal seal, Seal last) {
        if (seal.number() != last.number()) {
            throw new Problem("CRV-422", seal.number(), last.number(), last.path());
        }
    }

    private static void requireSame(Seal seal, Ledger ledger) {
        if (seal.stageVersion() != ledger.stage().version()) {
            throw new Problem("CRV-423", seal.number(), seal.number() + 1);
        }
    }
}
