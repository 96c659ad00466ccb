package dev.caravan.connector.mattermost;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import dev.caravan.connector.mattermost.SealSource.Rows;
import dev.caravan.ledger.Cursor;
import dev.caravan.model.Link;
import dev.caravan.transform.link.TargetNames.Place;

/** The lanes of a ledger in the order of the package: channels by name, then direct conversations. */
final class LaneOrder {

    private static final String DIRECT = "direct/";

    /** Lane number by key of the target conversation, turned round. */
    private final Map<String, Integer> channels = new TreeMap<>();

    private final Map<String, Integer> directs = new TreeMap<>();

    /** @param conversations what became of those of the source */
    LaneOrder(Iterable<Link> conversations) {
        for (Link link : conversations) {
            if (!link.leftOut()) {
                (link.target().startsWith(DIRECT) ? directs : channels).put(byName(link.target()), link.number());
            }
        }
    }

    Stream<Place> channels() {
        return channels.keySet().stream().map(LaneOrder::place);
    }

    Stream<Place> directs() {
        return directs.keySet().stream().map(LaneOrder::place);
    }

    /** @param place key of a conversation */
    int lane(String place) {
        var byName = byName(place);
        return channels.getOrDefault(byName, directs.get(byName));
    }

    /** All rows of one lane after the other. @param open those of a lane */
    <T> Rows<InPlace<T>> rows(IntFunction<Cursor<T>> open) {
        var lanes = new ArrayList<>(channels.entrySet());
        lanes.addAll(directs.entrySet());
        return new Lanes<>(lanes, open);
    }

    /** Type and name the other way round, so that the order is the name's. */
    private static String byName(String target) {
        int slash = target.indexOf('/');
        return target.substring(slash + 1) + "/" + target.substring(0, slash);
    }

    private static Place place(String byName) {
        int slash = byName.lastIndexOf('/');
        return new Place(byName.substring(slash + 1), byName.substring(0, slash));
    }

    /** @param place key of the conversation the row is in */
    record InPlace<T>(String place, T value) {}

    private static final class Lanes<T> implements Rows<InPlace<T>> {

        private final Iterator<Map.Entry<String, Integer>> lanes;
        private final IntFunction<Cursor<T>> open;
        private String place;
        private Cursor<T> rows;

        Lanes(List<Map.Entry<String, Integer>> lanes, IntFunction<Cursor<T>> open) {
            this.lanes = lanes.iterator();
            this.open = open;
        }

        @Override
        public boolean hasNext() {
            while ((rows == null || !rows.hasNext()) && lanes.hasNext()) {
                close();
                var lane = lanes.next();
                place = place(lane.getKey()).key();
                rows = open.apply(lane.getValue());
            }
            return rows != null && rows.hasNext();
        }

        @Override
        public InPlace<T> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return new InPlace<>(place, rows.next());
        }

        @Override
        public void close() {
            if (rows != null) {
                rows.close();
                rows = null;
            }
        }
    }
}
