package dev.caravan.migration.road;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import dev.caravan.transport.http.Backoff;

/** How long to wait before one portion is gone through again, and when to give the target up. For one thread. */
final class Patience {

    private final Duration giveUpAfter;
    private final Backoff backoff;
    private Instant deadline;
    private long open = Long.MAX_VALUE;
    private int attempt;

    /** @param giveUpAfter time in which the target must have taken something, beside the waits it asks for itself */
    Patience(Duration giveUpAfter, Backoff backoff, Instant now) {
        this.giveUpAfter = giveUpAfter;
        this.backoff = backoff;
        this.deadline = now.plus(giveUpAfter);
    }

    /**
     * @param left records of the portion that came to no end
     * @return how long to wait before they are tried again
     * @throws Problem CRV-430 when the target took nothing for too long
     */
    Duration before(long left, Batch batch, Instant now) {
        var asked = asked(batch);
        if (left < open) {
            open = left;
            attempt = 0;
            deadline = now.plus(giveUpAfter);
            return asked;
        }
        if (now.isAfter(deadline)) {
            throw new Problem("CRV-430", giveUpAfter.toSeconds(), reason(batch));
        }
        deadline = deadline.plus(asked);
        var own = backoff.delay(attempt++);
        return asked.compareTo(own) > 0 ? asked : own;
    }

    /** Whether the same records were tried before, and none of them came to an end since. */
    boolean repeats() {
        return attempt > 0;
    }

    /** Time went by in which nothing could be sent, and so nothing be taken. */
    void waited(Duration time) {
        deadline = deadline.plus(time);
    }

    private static Duration asked(Batch batch) {
        return batch.items().stream()
                .map(Item::outcome)
                .filter(Outcome.Retry.class::isInstance)
                .map(outcome -> ((Outcome.Retry) outcome).after())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** What the sink said last, for people. */
    static String reason(Batch batch) {
        return batch.items().stream()
                .map(Item::outcome)
                .filter(Outcome.Retry.class::isInstance)
                .map(outcome -> ((Outcome.Retry) outcome).reason())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("no answer");
    }
}
