package dev.caravan.migration.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;

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
    private final boolean dryRun;
    private final Duration giveUpAfter;
    private final Backoff backoff;
    private final SortedMap<Verdict, Long> verdicts = new TreeMap<>();
    private Instant progress = Instant.now();
    private int attempt;
    private long before = Long.MAX_VALUE;
    private List<Done> page;

    /** @param reason null unless it is kept */
    record Verdict(String what, Undone.State state, String reason) implements Comparable<Verdict> {
        @Override
        public int compareTo(Verdict other) {
            return toString().compareTo(other.toString());
        }
    }

    EffectPages(ActiveRun run, boolean dryRun, Duration giveUpAfter, Backoff backoff) {
        this.run = run;
        this.journal = run.ledger().journal();
        this.dryRun = dryRun;
        this.giveUpAfter = giveUpAfter;
        this.backoff = backoff;
    }

    @Override
    public boolean hasNext() {
        if (page == null && !run.stopping()) {
            page = journal.latestFirst(EffectState.STANDS, before, PAGE);
        }
        return page != null && !page.isEmpty();
    }

    @Override
    public Undo next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return new Undo(page.stream().map(Done::effect).toList(), dryRun);
    }

    /** @param undone of the page that was handed out last, in its order */
    void settle(List<Undone> undone) {
        if (undone.size() != page.size()) {
            throw new IllegalStateException("the sink answered " + undone.size() + " of " + page.size());
        }
        var settled = new ArrayList<Done>();
        String putOff = null;
        for (int i = 0; i < page.size() && putOff == null; i++) {
            var one = undone.get(i);
            if (one.state() == Undone.State.RETRY) {
                putOff = String.valueOf(one.reason());
            } else {
                settled.add(page.get(i).settled(state(one.state()), one.reason()));
                verdicts.merge(new Verdict(one.effect().what(), one.state(), one.reason()), 1L, Long::sum);
            }
        }
        if (dryRun && !settled.isEmpty()) {
            before = settled.get(settled.size() - 1).seq();
        } else {
            journal.settle(settled);
        }
        page = null;
        pause(!settled.isEmpty(), putOff);
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

    boolean dryRun() {
        return dryRun;
    }

    /** What became of everything handed out so far. */
    SortedMap<Verdict, Long> verdicts() {
        return verdicts;
    }
}
