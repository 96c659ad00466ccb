package dev.caravan.ledger;

import dev.caravan.model.Effect;
import dev.caravan.model.Kind;

/**
 * An effect on a live target and the record it belongs to.
 *
 * @param seq grows in the order in which effects were recorded; 0 before that
 * @param lane number of the target conversation; 0 for kinds that are in none
 * @param reason why it stays, when it was to be taken back and was kept; else null
 */
public record Done(long seq, int run, Kind kind, int lane, Key key, Effect effect, EffectState state, String reason) {

    /** One that stands and is not in the ledger yet. */
    public Done(int run, Kind kind, int lane, Key key, Effect effect) {
        this(0, run, kind, lane, key, effect, EffectState.STANDS, null);
    }

    public Done settled(EffectState newState, String newReason) {
        return new Done(seq, run, kind, lane, key, effect, newState, newReason);
    }
}
