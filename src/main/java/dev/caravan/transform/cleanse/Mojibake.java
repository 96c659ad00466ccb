package dev.caravan.transform.cleanse;

import java.util.List;

/**
 * Texts an earlier program read with the wrong encoding. Two readings are tried, each on the whole text; what cannot be
 * read back without loss, or is not clearly better afterwards, stays as it is.
 */
final class Mojibake {

    /** Texts damaged twice exist; three times is chance. */
    private static final int ROUNDS = 2;

    private final List<Reading> readings = List.of(new LatinReading(), new GbkReading());

    /** One way in which UTF-8 can have been misread. */
    interface Reading {

        /** Cheap: false when this text surely was not misread in this way. */
        boolean suspects(String text, int firstNonAscii);

        Verdict judge(String text);
    }

    /**
     * @param suspicious it may be mojibake
     * @param repaired what it was, null when that is not clear
     */
    record Verdict(boolean suspicious, String repaired) {
        static final Verdict CLEAN = new Verdict(false, null);
        static final Verdict LEFT = new Verdict(true, null);

        static Verdict repaired(String text) {
            return new Verdict(true, text);
        }
    }

    boolean suspects(String text, int firstNonAscii) {
        for (int i = 0; i < readings.size(); i++) {
            if (readings.get(i).suspects(text, firstNonAscii)) {
                return true;
            }
        }
        return false;
    }

    Verdict judge(String text) {
        var verdict = once(text);
        for (int round = 1; round < ROUNDS && verdict.repaired() != null; round++) {
            var again = once(verdict.repaired());
            if (again.repaired() == null) {
                break;
            }
            verdict = again;
        }
        return verdict;
    }

    private Verdict once(String text) {
        var result = Verdict.CLEAN;
        for (var reading : readings) {
            var verdict = reading.judge(text);
            if (verdict.repaired() != null) {
                return verdict;
            }
            result = verdict.suspicious() ? verdict : result;
        }
        return result;
    }
}
