package dev.caravan.migration.find;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.find.Answer.Looked;
import dev.caravan.migration.find.Found.Became;
import dev.caravan.migration.look.SourceReading;
import dev.caravan.migration.look.Trip;
import dev.caravan.migration.road.Steps;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Link;
import dev.caravan.model.Refusal;
import dev.caravan.transport.SourceAddresses;
import dev.caravan.transport.SourceAddresses.Named;

/**
 * Looks in the source itself, one conversation after the other, and takes each record that may be meant down the road
 * without writing: of what the ledger does not have, the rule is known then. Ends in bounded time.
 */
final class SourceLookup {

    private static final int MOST = 200;

    private final SourceReading source;
    private final ActiveRun look;
    private final LedgerLookup known;
    private final Optional<SourceAddresses> addresses;
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
        this.addresses = source.addresses(look);
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
            var later = batch(lane, batch, wanted) && addresses.isPresent();
            more |= took(2);
            return !later && !took(2) && found.size() <= MOST;
        });
    }

    /** @return whether it came to a record that is later than any that is wanted */
    private boolean batch(Lane lane, Batch batch, Wanted wanted) {
        batch.refused().stream().filter(wanted::maybe).forEach(refusal -> add(refused(refusal)));
        for (Item item : batch.items()) {
            if (!wanted.maybe(item)) {
                continue;
            }
            var trip = Trip.of(new Steps(look), Kind.MESSAGE, lane, item);
            var own = named(lane, trip.item());
            if (own != null && own.time() >= wanted.until()) {
                return true;
            }
            if (wanted.is(own, trip.item())) {
                tell(own, trip, wanted);
            }
        }
        return false;
    }

    private Named named(Lane lane, Item item) {
        var canonical = item.canonical();
        if (canonical != null) {
            return new Named(
                    canonical.path("channel").asText(),
                    item.id(),
                    canonical.path("time").asLong());
        }
        var conversation = item.source().path(Item.CONTEXT).path("channel").asText(lane.id());
        return addresses
                .flatMap(one -> one.message(conversation, item.source()))
                .orElse(null);
    }

    private void tell(Named own, Trip trip, Wanted wanted) {
        var files = wanted.files(trip.item().canonical());
        if (files.isEmpty()) {
            outcome(own, trip).forEach(this::add);
        } else {
            files.forEach(file -> outcome(own, trip).forEach(one -> add(one.withFile(file))));
        }
    }

    private void add(Found one) {
        if (!found.contains(one)) {
            found.add(one);
        }
    }

    /** What the ledger knows of it, else what would become of it now. */
    private List<Found> outcome(Named own, Trip trip) {
        var arrived = known.message(own.conversation(), own.id(), own.time());
        if (!arrived.isEmpty()) {
            return arrived;
        }
        var dead = trip.dead() || trip.problem() != null;
        return List.of(new Found(
                Kind.MESSAGE,
                own.id(),
                own.conversation(),
                known.conversation(own.conversation()).map(Link::name).orElse(null),
                LedgerLookup.instant(own.time()),
                trip.filtered() != null ? Became.FILTERED : dead ? Became.WOULD_BE_REFUSED : Became.NOT_YET,
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
