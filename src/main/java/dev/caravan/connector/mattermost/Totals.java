package dev.caravan.connector.mattermost;

import java.util.HashMap;
import java.util.Map;

/** Posts of each conversation, which its members have all read ({@link MattermostRule#NOTHING_UNREAD}). */
final class Totals {

    /** Of one conversation; times in ms. */
    static final class Total {
        private long posts;
        private long roots;
        private long last;

        void add(boolean root, long createAt) {
            posts++;
            roots += root ? 1 : 0;
            last = Math.max(last, createAt);
        }

        /** As fields of a member, to stand behind another field. */
        void write(ByteText out) {
            out.add(",\"msg_count\":").add(posts).add(",\"msg_count_root\":").add(roots);
            if (last > 0) {
                out.add(",\"last_viewed_at\":").add(last);
            }
        }
    }

    private final Map<String, Total> byPlace = new HashMap<>();

    /** @param place the key of the place; a channel's name is unique among public and private ones */
    Total of(String place) {
        return byPlace.computeIfAbsent(place, key -> new Total());
    }

    static String channel(String name) {
        return "channel/" + name;
    }

    static String direct(String members) {
        return "direct/" + members;
    }
}
