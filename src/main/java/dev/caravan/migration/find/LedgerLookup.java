package dev.caravan.migration.find;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.caravan.ledger.Arrivals.Arrival;
import dev.caravan.ledger.Key;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterState;
import dev.caravan.migration.find.Found.Became;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;

/** What the ledger alone knows of a record. What a rule left out leaves no row: of that it knows nothing. */
final class LedgerLookup {

    private static final String WAIVED = "waived";

    private final Ledger ledger;
    private final Places places;

    LedgerLookup(Ledger ledger, Places places) {
        this.ledger = ledger;
        this.places = places;
    }

    Optional<Link> conversation(String id) {
        return ledger.links().find(Kind.CHANNEL, id);
    }

    /**
     * A message and the dead letters of its parts.
     *
     * @param time us since 1970; 0 when nobody knows it
     */
    List<Found> message(String conversation, String id, long time) {
        var found = new ArrayList<Found>();
        var link = conversation(conversation).orElse(null);
        if (link != null && !link.leftOut()) {
            var arrival = time == 0
                    ? ledger.arrivals().find(Kind.MESSAGE, link.number(), id)
                    : ledger.arrivals().find(Kind.MESSAGE, link.number(), new Key(time, id));
            // Which rule of the target left it out, only a look at the source tells.
            arrival.filter(one -> one.objects() > 0)
                    .map(one -> message(link, one))
                    .ifPresent(found::add);
        }
        letters(id).stream()
                .filter(letter -> found.isEmpty() || letter.became() == Became.DEAD_LETTER)
                .forEach(found::add);
        if (found.isEmpty() && link != null && link.leftOut()) {
            found.add(new Found(
                    Kind.MESSAGE,
                    id,
                    conversation,
                    link.name(),
                    instant(time),
                    Became.FILTERED,
                    rule(link),
                    null,
                    null,
                    List.of(),
                    null));
        }
        return found;
    }

    private Found message(Link link, Arrival arrival) {
        return new Found(
                Kind.MESSAGE,
                arrival.key().id(),
                conversationOf(link, arrival),
                link.name(),
                instant(arrival.key().time()),
                arrival.arrived() ? Became.ARRIVED : Became.IN_DOUBT,
                null,
                null,
                arrival.arrived() ? places.of(Kind.MESSAGE, link, arrival) : null,
                List.of(),
                null);
    }

    private static String conversationOf(Link link, Arrival arrival) {
        var slash = arrival.key().id().indexOf('/');
        return slash < 0 ? link.sourceId() : arrival.key().id().substring(0, slash);
    }

    /** People or conversations by id or name, at the source or on the target. */
    List<Found> named(Kind kind, String name) {
        var found = new ArrayList<Found>();
        for (var link : ledger.links().named(kind, name)) {
            found.add(named(link));
            letters(link.sourceId()).forEach(found::add);
        }
        return found;
    }

    private Found named(Link link) {
        var arrival = ledger.arrivals().find(link.kind(), 0, new Key(0, link.sourceId()));
        var there = arrival.filter(Arrival::arrived);
        var became = link.leftOut()
                ? Became.FILTERED
                : there.isPresent() ? Became.ARRIVED : arrival.isPresent() ? Became.IN_DOUBT : Became.NOT_YET;
        return new Found(
                link.kind(),
                link.sourceId(),
                link.kind() == Kind.CHANNEL ? link.sourceId() : null,
                link.name(),
                null,
                became,
                link.leftOut() ? rule(link) : null,
                null,
                there.map(one -> places.of(link.kind(), link, one)).orElse(null),
                List.of(),
                null);
    }

    /** Dead letters of a record and of its parts. What went through is not one any more. */
    List<Found> letters(String id) {
        return ledger.deadLetters().of(id).stream()
                .filter(letter -> letter.state() != LetterState.REPLAYED)
                .map(LedgerLookup::letter)
                .toList();
    }

    private static Found letter(Letter.Head letter) {
        var waived = letter.state() == LetterState.WAIVED;
        return new Found(
                letter.kind(),
                letter.sourceId(),
                letter.conversation(),
                null,
                instant(letter.time()),
                waived ? Became.FILTERED : Became.DEAD_LETTER,
                waived ? WAIVED : letter.cause(),
                letter.id(),
                null,
                List.of(),
                null);
    }

    static String rule(Link leftOut) {
        return leftOut.target().substring(Link.LEFT_OUT.length());
    }

    /** @param time us since 1970; 0 for none */
    static Instant instant(long time) {
        return time == 0 ? null : Instant.EPOCH.plus(time, ChronoUnit.MICROS);
    }
}
