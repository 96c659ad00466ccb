package dev.caravan.ledger;

import java.time.Instant;

/**
 * One carrying out of a command, however often it was interrupted and resumed.
 *
 * @param id from 1
 * @param phase the phase it reached, or null
 * @param cause why it was interrupted, or null
 * @param ended null until completed or interrupted
 */
public record Run(int id, String command, State state, String phase, String cause, Instant started, Instant ended) {

    /** A run found RUNNING when its command is started again was killed. */
    public enum State implements Coded {
        RUNNING(1),
        INTERRUPTED(2),
        COMPLETED(3);

        private final int code;

        State(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** As it will be once it is completed. */
    public Run completed(Instant end) {
        return new Run(id, command, State.COMPLETED, phase, null, started, end);
    }
}
