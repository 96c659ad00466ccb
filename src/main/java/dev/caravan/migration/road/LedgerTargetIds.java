package dev.caravan.migration.road;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.caravan.ledger.Key;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Records;
import dev.caravan.ledger.Row;
import dev.caravan.ledger.Runs;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.transform.link.Directory;
import dev.caravan.transport.TargetIds;

/** What earlier records became, as the ledger has it. */
public final class LedgerTargetIds implements TargetIds {

    private static final int NO_LANE = 0;
    private static final long NO_TIME = 0;

    private final Records records;
    private final Runs runs;
    private final Directory directory;

    public LedgerTargetIds(Ledger ledger, Directory directory) {
        this.records = ledger.records();
        this.runs = ledger.runs();
        this.directory = directory;
    }

    @Override
    public Optional<String> of(Kind kind, String sourceId) {
        return find(kind, NO_LANE, new Key(NO_TIME, sourceId));
    }

    @Override
    public Optional<String> ofMessage(String conversation, long time, String id) {
        return directory
                .conversation(conversation)
                .filter(Predicate.not(Link::leftOut))
                .flatMap(link -> find(Kind.MESSAGE, link.number(), new Key(time, id)));
    }

    @Override
    public Optional<String> greatestOfMessages(String conversation) {
        return directory
                .conversation(conversation)
                .filter(Predicate.not(Link::leftOut))
                .flatMap(link -> records.greatestTargetId(Kind.MESSAGE, link.number()));
    }

    @Override
    public Optional<Instant> lastSent() {
        return records.lastRun(Kind.MESSAGE)
                .flatMap(runs::find)
                .map(run -> run.ended() == null ? Instant.now() : run.ended());
    }

    private Optional<String> find(Kind kind, int lane, Key key) {
        return records.find(kind, lane, List.of(key)).stream().findFirst().map(Row::targetId);
    }
}
