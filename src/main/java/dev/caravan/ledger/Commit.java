package dev.caravan.ledger;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;

/**
 * What one batch leaves in the ledger, all of it or nothing (invariants 1, 2 and 5).
 *
 * @param run counts, letters and findings go to its account
 * @param kind with lane and run, the checkpoint that is moved
 * @param lane id of the lane
 * @param position the checkpoint's new position; null moves none
 * @param rows inserted, or replacing the row of the same key
 * @param links stored unless their source id has one
 * @param refused become dead letters, or are found again as such
 * @param findings to be kept one by one
 * @param tally added to the run's account
 * @param replayed letters that went through
 * @param refusedAgain letters that were replayed in vain
 * @param effects on a live target that are not in the undo journal yet
 */
public record Commit(
        int run,
        Kind kind,
        String lane,
        String position,
        List<Row> rows,
        List<Link> links,
        List<Refusal> refused,
        List<Finding> findings,
        Tally tally,
        Set<Long> replayed,
        Map<Long, Refusal> refusedAgain,
        List<Done> effects) {

    public Commit {
        rows = List.copyOf(rows);
        links = List.copyOf(links);
        refused = List.copyOf(refused);
        findings = List.copyOf(findings);
        replayed = Set.copyOf(replayed);
        refusedAgain = Map.copyOf(refusedAgain);
        effects = List.copyOf(effects);
    }

    /** With nothing in it yet. */
    public static Commit of(int run, Kind kind, String lane) {
        return new Commit(
                run,
                kind,
                lane,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Tally.NONE,
                Set.of(),
                Map.of(),
                List.of());
    }

    public Commit withPosition(String newPosition) {
        return new Commit(
                run, kind, lane, newPosition, rows, links, refused, findings, tally, replayed, refusedAgain, effects);
    }

    public Commit withRows(List<Row> newRows) {
        return new Commit(
                run, kind, lane, position, newRows, links, refused, findings, tally, replayed, refusedAgain, effects);
    }

    public Commit withLinks(List<Link> newLinks) {
        return new Commit(
                run, kind, lane, position, rows, newLinks, refused, findings, tally, replayed, refusedAgain, effects);
    }

    public Commit withRefused(List<Refusal> newRefused) {
        return new Commit(
                run, kind, lane, position, rows, links, newRefused, findings, tally, replayed, refusedAgain, effects);
    }

    public Commit withFindings(List<Finding> newFindings) {
        return new Commit(
                run, kind, lane, position, rows, links, refused, newFindings, tally, replayed, refusedAgain, effects);
    }

    public Commit withTally(Tally newTally) {
        return new Commit(
                run, kind, lane, position, rows, links, refused, findings, newTally, replayed, refusedAgain, effects);
    }

    public Commit withReplayed(Set<Long> through, Map<Long, Refusal> inVain) {
        return new Commit(run, kind, lane, position, rows, links, refused, findings, tally, through, inVain, effects);
    }

    public Commit withEffects(List<Done> newEffects) {
        return new Commit(
                run, kind, lane, position, rows, links, refused, findings, tally, replayed, refusedAgain, newEffects);
    }
}
