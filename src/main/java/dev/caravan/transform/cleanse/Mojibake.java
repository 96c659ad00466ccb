package dev.caravan.transform.cleanse;

import java.util.List;

/**
 * Texts an earlier program read with the wrong encoding. Two readings are tried, each on the whole text; what cannot be
 * read back without loss, or is not clearly better afterwards, stays as it is; where it surely is mojibake and some of it is
 * lost, there is a proposal.
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
     * @param proposal of what surely is mojibake and cannot be read back without loss: what can be read, U+FFFD for the
     *     rest; else null
     */
    record Verdict(boolean suspicious, String repaired, String proposal) {
        static final Verdict CLEAN = new Verdict(false, null, null);
        static final Verdict LEFT = new Verdict(true, null, null);

        static Verdict repaired(String text) {
            return new Verdict(true, text, null);
        }

        static Verdict lost(String proposal) {
            return new Verdict(true, null, proposal);
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
            result = verdict.suspicious() && result.proposal() == null ? verdict : result;
        }
        return result;
    }
}
