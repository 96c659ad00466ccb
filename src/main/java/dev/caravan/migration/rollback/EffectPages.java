package dev.caravan.migration.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import dev.caravan.ledger.Done;
import dev.caravan.ledger.EffectState;
import dev.caravan.ledger.Journal;
import dev.caravan.migration.ActiveRun;
import dev.caravan.model.Problem;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.transport.http.Backoff;

/**
 * What still stands on the target, the latest first, a page at a time, and what became of each page. Nothing is taken back
 * before what was done after it is settled: of a page that is put off the rest comes again. For one thread.
 */
final class EffectPages implements Iterator<Undo> {

    private static final int PAGE = 100;

    private final ActiveRun run;
    private final Journal journal;
    private final DryRun dryRun;
    private final Duration giveUpAfter;
    private final Backoff backoff;
    private Instant progress = Instant.now();
    private Instant settled = progress;
    private int attempt;
    private long before = Long.MAX_VALUE;
    private List<Done> page;

    /** @param dryRun is told what would become of each; null when it is to become that */
    EffectPages(ActiveRun run, DryRun dryRun, Duration giveUpAfter, Backoff backoff) {
        this.run = run;
        this.journal = run.ledger().journal();
        this.dryRun = dryRun;
        this.giveUpAfter = giveUpAfter;
        this.backoff = backoff;
    }

    @Override
    public boolean hasNext() {
        if (page == null && !run.stopping()) {
            page = dryRun == null ? journal.latestFirst(EffectState.STANDS, before, PAGE) : askedAgain();
        }
        return page != null && !page.isEmpty();
    }

    /** A rollback that begins asks again about what an earlier one kept. */
    private List<Done> askedAgain() {
        var all = new ArrayList<>(journal.latestFirst(EffectState.STANDS, before, PAGE));
        all.addAll(journal.latestFirst(EffectState.KEPT, before, PAGE));
        all.sort(Comparator.comparingLong(Done::seq).reversed());
        return all.subList(0, Math.min(PAGE, all.size()));
    }

    @Override
    public Undo next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return new Undo(page.stream().map(Done::effect).toList(), dryRun != null);
    }

    /** The sink is asked now; that it had to wait for the schedule is no fault of the target. */
    void begins() {
        progress = progress.plus(Duration.between(settled, Instant.now()));
    }

    /** @param undone of the page that was handed out last, in its order */
    void settle(List<Undone> undone) {
        if (undone.size() != page.size()) {
            throw new IllegalStateException("the sink answered " + undone.size() + " of " + page.size());
        }
        var ended = new ArrayList<Done>();
        String putOff = null;
        for (int i = 0; i < page.size() && putOff == null; i++) {
            var one = undone.get(i);
            if (one.state() == Undone.State.RETRY) {
                putOff = String.valueOf(one.reason());
            } else {
                ended.add(page.get(i).settled(state(one.state()), one.reason()));
            }
        }
        if (dryRun == null) {
            journal.settle(ended, run.number());
        } else if (!ended.isEmpty()) {
            ended.forEach(dryRun::add);
            before = ended.get(ended.size() - 1).seq();
        }
        page = null;
        pause(!ended.isEmpty(), putOff);
        settled = Instant.now();
    }

    private void pause(boolean progressed, String putOff) {
        if (progressed) {
            progress = Instant.now();
            attempt = 0;
        }
        if (putOff != null) {
            if (Instant.now().isAfter(progress.plus(giveUpAfter))) {
                throw new Problem("CRV-430", giveUpAfter.toSeconds(), putOff);
            }
            run.await(backoff.delay(attempt++));
        }
    }

    private static EffectState state(Undone.State state) {
        return switch (state) {
            case REMOVED -> EffectState.REMOVED;
            case GONE -> EffectState.GONE;
            case KEPT -> EffectState.KEPT;
            case RETRY -> EffectState.STANDS;
        };
    }

    /** Whether it came to its end, and the target is now as it will be. */
    boolean complete() {
        return dryRun == null && !run.stopping();
    }
}
