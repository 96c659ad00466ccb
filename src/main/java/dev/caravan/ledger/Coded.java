package dev.caravan.ledger;

import dev.caravan.model.Kind;

/** A value kept in the ledger as a number that never changes its meaning, whatever happens to the enum's order. */
interface Coded {

    int code();

    static <E extends Coded> E of(E[] values, int code) {
        for (E value : values) {
            if (value.code() == code) {
                return value;
            }
        }
        throw new IllegalStateException("Code " + code + " is unknown to this version");
    }

    /** The kind's number; 0 when even the kind of a refused record is unknown. */
    static int ofKind(Kind kind) {
        if (kind == null) {
            return 0;
        }
        return switch (kind) {
            case USER -> 1;
            case CHANNEL -> 2;
            case MEMBERSHIP -> 3;
            case EMOJI -> 4;
            case MESSAGE -> 5;
        };
    }

    static Kind kind(int code) {
        return switch (code) {
            case 0 -> null;
            case 1 -> Kind.USER;
            case 2 -> Kind.CHANNEL;
            case 3 -> Kind.MEMBERSHIP;
            case 4 -> Kind.EMOJI;
            case 5 -> Kind.MESSAGE;
            default -> throw new IllegalStateException("Kind " + code + " is unknown to this version");
        };
    }
}
