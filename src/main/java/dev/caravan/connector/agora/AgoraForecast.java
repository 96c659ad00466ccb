package dev.caravan.connector.agora;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a migration to an app will cost and lose, from what is counted while the source is read. For one thread. Memory grows
 * with people and groups, not with messages.
 */
final class AgoraForecast {

    /** Conversations the server keeps for a user, unless the plan says more. */
    private static final int CONVERSATIONS = 100;

    /** Above it a group loses offline push for ever. */
    private static final int PUSHED_MEMBERS = 3_000;

    private final AgoraSettings settings;
    private final Instant now;
    private final Instant retained;
    private final Map<String, Integer> members = new HashMap<>();
    private final Map<String, Integer> groupsOf = new HashMap<>();
    private final Map<String, Integer> conversations = new HashMap<>();
    private long users;
    private long oneToOne;
    private long inGroups;
    private long files;
    private long shown;
    private long outside;

    /**
     * @param duration at the permitted rate times the share that is used, families one after the other
     * @param withImportDate group messages that will show the day of the import, when that was chosen
     * @param refused group messages that will become dead letters, when that was chosen
     * @param outsideRetention messages older than the plan's history
     * @param groupsOverPlan groups with more members than the plan allows
     * @param groupsWithoutPush groups of more than 3,000 members
     * @param groupsTooMany groups beyond as many as the plan allows
     * @param usersOverGroups people in more groups than the plan allows
     * @param usersOverConversations people with more conversations than the server keeps for them
     */
    record Result(
            Duration duration,
            long withImportDate,
            long refused,
            long outsideRetention,
            long groupsOverPlan,
            long groupsWithoutPush,
            long groupsTooMany,
            long usersOverGroups,
            long usersOverConversations) {}

    /**
     * @param properties of the sink's Kamelet
     * @param now when the migration would make its groups
     */
    AgoraForecast(Map<String, String> properties, Instant now) {
        this.settings = AgoraSettings.of(properties);
        this.now = now;
        this.retained = now.minus(Duration.ofDays(settings.plan().retentionDays()));
    }

    void user() {
        users++;
    }

    /** A group, which may have no members yet. */
    void group(String id) {
        members.putIfAbsent(id, 0);
    }

    /** Somebody in a group. */
    void member(String group, String user) {
        members.merge(group, 1, Integer::sum);
        groupsOf.merge(user, 1, Integer::sum);
        conversations.merge(user, 1, Integer::sum);
    }

    /** Somebody in a one-to-one conversation. */
    void direct(String user) {
        conversations.merge(user, 1, Integer::sum);
    }

    /**
     * @param calls how many calls it takes: {@link dev.caravan.model.Target#objects}
     * @param withFiles how many of its files are stored first
     */
    void message(boolean inGroup, Instant time, int calls, int withFiles) {
        if (inGroup) {
            inGroups += calls;
            shown += time.isBefore(now) ? 1 : 0;
        } else {
            oneToOne += calls;
        }
        files += withFiles;
        outside += time.isBefore(retained) ? 1 : 0;
    }

    /** @param share 0 to 1, of the permitted rates, that the run may use on average */
    Result result(double share) {
        var history = settings.groupHistory();
        return new Result(
                duration(share),
                history == AgoraSettings.GroupHistory.SHIFT ? shown : 0,
                history == AgoraSettings.GroupHistory.REFUSE ? shown : 0,
                outside,
                members.values().stream()
                        .filter(n -> n > settings.groupMaxUsers())
                        .count(),
                members.values().stream().filter(n -> n > PUSHED_MEMBERS).count(),
                Math.max(0, members.size() - settings.plan().groups()),
                groupsOf.values().stream()
                        .filter(n -> n > settings.plan().groupsPerUser())
                        .count(),
                conversations.values().stream().filter(n -> n > CONVERSATIONS).count());
    }

    private Duration duration(double share) {
        double seconds = calls(users, UserDelivery.MOST) + users;
        seconds += 2 * members.size();
        for (int size : members.values()) {
            seconds += calls(size, GroupMembers.MOST);
        }
        // these are calls so far; imports may have a rate of their own
        seconds = (seconds + files) / settings.plan().callsPerSecond();
        boolean refused = settings.groupHistory() == AgoraSettings.GroupHistory.REFUSE;
        double groupCalls = refused ? 0 : inGroups;
        double slowest = settings.plan().oneLimit() ? oneToOne + groupCalls : Math.max(oneToOne, groupCalls);
        return Duration.ofSeconds((long) Math.ceil((seconds + slowest / settings.importRate()) / share));
    }

    private static double calls(long records, int most) {
        return Math.ceil((double) records / most);
    }
}
