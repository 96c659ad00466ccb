package dev.caravan.migration.find;

import java.util.List;
import java.util.Map;

import dev.caravan.ledger.Arrivals.Arrival;
import dev.caravan.ledger.Ledger;
import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.Connector;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.transport.TargetPlaces;

/** Says of what arrived where it is, in the words of the sink's connector. */
final class Places {

    private final TargetPlaces places;
    private final Map<String, String> sink;
    private final Ledger ledger;

    Places(List<TargetPlaces> all, Settings settings, Ledger ledger) {
        this.places = all.stream()
                .filter(one -> one.sinkKind().equals(settings.sink().kind()))
                .findFirst()
                .orElse(TargetPlaces.BY_ID);
        this.sink = Connector.sink(settings, settings.home().resolve("routes")).all();
        this.ledger = ledger;
    }

    /** @param link of the person or the conversation; of a message, its conversation's */
    Found.Where of(Kind kind, Link link, Arrival arrival) {
        return of(kind, link, arrival, placeId(link));
    }

    /** The target's own id of a conversation, or null. */
    String placeId(Link conversation) {
        return ledger.arrivals()
                .find(Kind.CHANNEL, 0, conversation.sourceId())
                .map(Arrival::targetId)
                .orElse(null);
    }

    /** The address of a message, or null; for many of one conversation, whose id is asked for once. */
    String address(Link conversation, Arrival message, String placeId) {
        return place(Kind.MESSAGE, conversation, message, placeId, null).address();
    }

    private Found.Where of(Kind kind, Link link, Arrival arrival, String placeId) {
        int lane = kind == Kind.MESSAGE ? link.number() : 0;
        var effect = ledger.arrivals().firstEffect(kind, lane, arrival.key()).orElse(null);
        var place = place(kind, link, arrival, placeId, effect);
        return new Found.Where(place.address(), place.word(), place.details());
    }

    private TargetPlaces.Place place(Kind kind, Link link, Arrival arrival, String placeId, String effect) {
        return places.of(
                new TargetPlaces.Arrived(kind, link.target(), placeId, arrival.targetId(), effect, arrival.shown()),
                sink);
    }
}
