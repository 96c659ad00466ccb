package dev.caravan.migration.verification;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

import dev.caravan.ledger.Cursor;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Sealed;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;

/** What should be on the target, lane by lane: channels by name, then direct conversations by their members. */
final class LedgerSide implements SideReader, AutoCloseable {

    private static final String DIRECT = "direct/";

    private final Ledger ledger;
    private final int seal;
    private final Map<String, Integer> order = new HashMap<>();
    private final Iterator<Map.Entry<String, Integer>> lanes;
    private Cursor<Sealed> rows;
    private String conversation;
    private long index;
    private long objects;

    LedgerSide(Ledger ledger) {
        this.ledger = ledger;
        this.seal = ledger.seals().last().map(last -> last.number()).orElse(0);
        var byPlace = new TreeMap<String, Integer>();
        for (Link link : ledger.links().ofKind(Kind.CHANNEL)) {
            if (!link.leftOut()) {
                var type = link.target().startsWith(DIRECT) ? "1" : "0";
                byPlace.put(type + name(link.target()) + "/" + link.target(), link.number());
            }
        }
        byPlace.keySet().forEach(place -> order.putIfAbsent(name(target(place)), order.size()));
        lanes = byPlace.entrySet().iterator();
    }

    private static String target(String place) {
        int direct = place.lastIndexOf('/');
        int type = place.lastIndexOf('/', direct - 1);
        return place.substring(type + 1);
    }

    private static String name(String target) {
        return target.substring(target.indexOf('/') + 1);
    }

    @Override
    public Side next(int window) {
        while (rows == null || !rows.hasNext()) {
            close();
            if (!lanes.hasNext()) {
                return null;
            }
            var lane = lanes.next();
            conversation = name(target(lane.getKey()));
            rows = ledger.records().sealed(lane.getValue(), seal);
        }
        var row = rows.next();
        objects += row.objects();
        return new Side(row.key().id(), conversation, index++, window, row.digests(), row, 0);
    }

    @Override
    public boolean isBehind(Side should, Side is) {
        return order.getOrDefault(is.conversation(), -1) > order.get(should.conversation());
    }

    /** How many objects all messages so far should be. */
    long objects() {
        return objects;
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }
}
