package dev.caravan.migration.find;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.find.Answer.Looked;
import dev.caravan.migration.find.Found.AFile;
import dev.caravan.migration.find.Found.Became;
import dev.caravan.migration.look.SourceReading;
import dev.caravan.migration.look.Trip;
import dev.caravan.migration.road.Steps;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Refusal;

/**
 * Looks in the source itself, one conversation after the other, and takes each record that may be meant down the road
 * without writing: of what the ledger does not have, the rule is known then. Ends in bounded time.
 */
final class SourceLookup {

    private static final int MOST = 200;

    private final SourceReading source;
    private final ActiveRun look;
    private final LedgerLookup known;
    private final Duration time;
    private final long began = System.nanoTime();
    private final List<Found> found = new ArrayList<>();
    private long records;
    private boolean more;

    /** @param time after which no further conversation is begun; one that takes as long again is left, too */
    SourceLookup(SourceReading source, ActiveRun look, LedgerLookup known, Duration time) {
        this.source = source;
        this.look = look;
        this.known = known;
        this.time = time;
    }

    /** @param conversations source ids, sorted */
    Answer in(List<String> conversations, Wanted wanted) {
        int done = 0;
        String last = null;
        for (var conversation : conversations) {
            if (took(1) || found.size() >= MOST) {
                break;
            }
            read(conversation, wanted);
            last = conversation;
            done++;
        }
        var next = done == conversations.size() ? null : last;
        return new Answer(
                List.copyOf(found.subList(0, Math.min(MOST, found.size()))),
                more || found.size() > MOST,
                new Looked(records, done, conversations.size(), next));
    }

    private boolean took(int times) {
        return System.nanoTime() - began > times * time.toNanos();
    }

    private void read(String conversation, Wanted wanted) {
        var lane = conversation.isEmpty() ? Lane.WHOLE : Lane.of(conversation);
        source.read(look, Kind.MESSAGE, lane, wanted.from(), batch -> {
            records += batch.items().size() + batch.refused().size();
            var later = batch(lane, batch, wanted);
            more |= took(2);
            return !(later && source.inOrderOfTime(look)) && !took(2) && found.size() <= MOST;
        });
    }

    /** @return whether it came to records that are later than any that is wanted */
    private boolean batch(Lane lane, Batch batch, Wanted wanted) {
        batch.refused().stream().filter(wanted::maybe).forEach(refusal -> add(refused(refusal)));
        long time = wanted.from();
        for (Item item : batch.items()) {
            if (!wanted.maybe(item)) {
                continue;
            }
            var trip = Trip.of(new Steps(look), Kind.MESSAGE, lane, item);
            var canonical = trip.item().canonical();
            time = canonical == null ? time : canonical.path("time").asLong();
            if (time >= wanted.until()) {
                return true;
            }
            if (time >= wanted.from() && wanted.is(trip.item())) {
                tell(lane, trip, wanted);
            }
        }
        return false;
    }

    private void tell(Lane lane, Trip trip, Wanted wanted) {
        var files = wanted.files(trip.item().canonical());
        if (files.isEmpty()) {
            outcome(lane, trip).forEach(this::add);
        } else {
            files.forEach(file -> outcome(lane, trip).forEach(one -> add(one.withFile(file))));
        }
    }

    private void add(Found one) {
        if (!found.contains(one)) {
            found.add(one);
        }
    }

    /** What the ledger knows of it, else what would become of it now. */
    private List<Found> outcome(Lane lane, Trip trip) {
        var canonical = trip.item().canonical();
        var conversation = canonical == null
                ? trip.item().source().path(Item.CONTEXT).path("channel").asText(lane.id())
                : canonical.path("channel").asText();
        if (canonical != null) {
            var arrived = known.message(
                    conversation,
                    trip.item().id(),
                    canonical.path("time").asLong());
            if (!arrived.isEmpty()) {
                return arrived;
            }
        }
        return List.of(new Found(
                Kind.MESSAGE,
                trip.item().id(),
                conversation,
                known.conversation(conversation).map(link -> link.name()).orElse(null),
                canonical == null ? null : LedgerLookup.instant(canonical.path("time").asLong()),
                trip.filtered() != null
                        ? Became.FILTERED
                        : trip.dead() || trip.problem() != null ? Became.WOULD_BE_REFUSED : Became.NOT_YET,
                why(trip),
                null,
                null,
                trip.item().target() == null ? List.of() : trip.item().target().rules(),
                null));
    }

    private static String why(Trip trip) {
        if (trip.problem() != null) {
            return trip.problem().code();
        }
        return trip.dead() && !trip.refused().isEmpty() ? trip.refused().get(0).cause() : trip.filtered();
    }

    /** Refused by the reader: a dead letter since the run that met it. */
    private Found refused(Refusal refusal) {
        var letters = refusal.sourceId() == null ? List.<Found>of() : known.letters(refusal.sourceId());
        return letters.isEmpty()
                ? new Found(
                        refusal.kind(),
                        refusal.sourceId(),
                        refusal.conversation(),
                        null,
                        LedgerLookup.instant(refusal.time()),
                        Became.WOULD_BE_REFUSED,
                        refusal.cause(),
                        null,
                        null,
                        List.of(),
                        null)
                : letters.get(0);
    }
}
