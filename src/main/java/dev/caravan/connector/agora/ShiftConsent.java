package dev.caravan.connector.agora;

import java.util.concurrent.atomic.AtomicLong;

import dev.caravan.model.Problem;

/**
 * How many group messages may show the day of the import: as many as somebody typed after {@code check} had counted them. Counts
 * from the start of a run.
 */
final class ShiftConsent {

    private final AgoraSettings.GroupHistory history;
    private final long accepted;
    private final AtomicLong taken = new AtomicLong();

    ShiftConsent(AgoraSettings settings) {
        this.history = settings.groupHistory();
        this.accepted = settings.shiftAccepted();
    }

    /** @throws Problem CRV-489 when times are to be shifted and nobody has said how many */
    void require() {
        if (history == AgoraSettings.GroupHistory.SHIFT && accepted == 0) {
            throw new Problem("CRV-489", accepted);
        }
    }

    /** @throws Problem CRV-489 when it would be one more than was accepted */
    void take() {
        if (taken.incrementAndGet() > accepted) {
            throw new Problem("CRV-489", accepted);
        }
    }
}
