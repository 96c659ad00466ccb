package dev.caravan.migration.verification;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
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
    private final boolean byTime;
    private final int seal;
    private final Map<String, Integer> order = new HashMap<>();
    private final List<String> places;
    private final Iterator<Map.Entry<String, Integer>> lanes;
    private Cursor<Sealed> rows;
    private String conversation;
    private long index;
    private long objects;

    /** @param byTime a running system holds messages in the order of their times, a file each thread behind its root */
    LedgerSide(Ledger ledger, boolean byTime) {
        this.ledger = ledger;
        this.byTime = byTime;
        this.seal = ledger.seals().last().map(last -> last.number()).orElse(0);
        var byPlace = new TreeMap<String, Integer>();
        for (Link link : ledger.links().ofKind(Kind.CHANNEL)) {
            if (!link.leftOut()) {
                var type = link.target().startsWith(DIRECT) ? "1" : "0";
                byPlace.put(type + name(link.target()) + "/" + link.target(), link.number());
            }
        }
        byPlace.keySet().forEach(place -> order.putIfAbsent(name(target(place)), order.size()));
        places = byPlace.keySet().stream().map(LedgerSide::target).toList();
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

    /** What the link step named the conversations, in the order in which their messages come. */
    List<String> places() {
        return places;
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
            rows = byTime
                    ? ledger.records().delivered(lane.getValue())
                    : ledger.records().sealed(lane.getValue(), seal);
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
