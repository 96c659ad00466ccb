package dev.caravan.connector.mattermost;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Posts with their replies and reactions, and who has read them. */
final class PackagePosts {

    private static final Pattern TYPE = Pattern.compile("|me|system_.+|custom_.+");

    private static final Set<String> POST = Set.of(
            "user",
            "message",
            "create_at",
            "type",
            "props",
            "edit_at",
            "is_pinned",
            "flagged_by",
            "reactions",
            "attachments");

    private final PackageFields fields;
    private final PackageFiles files;
    private final Set<String> people;
    private final Set<String> times = new HashSet<>();
    private final List<Read> reads = new ArrayList<>();
    private final Map<String, long[]> totals = new HashMap<>();

    /** What a member has read of a conversation. */
    private record Read(String who, String conversation, JsonNode member) {}

    /** @param people who is there by then */
    PackagePosts(PackageFields fields, PackageFiles files, Set<String> people) {
        this.fields = fields;
        this.files = files;
        this.people = people;
    }

    void read(String who, String conversation, JsonNode member) {
        reads.add(new Read(who, conversation, member));
    }

    void thread(JsonNode post, String conversation, Set<String> place) {
        var allowed = new HashSet<>(POST);
        allowed.addAll(place);
        allowed.add("replies");
        fields.only(post, allowed);
        long root = object(post, conversation, true);
        fields.must(!post.has("replies") || !post.path("replies").isEmpty(), "replies without a reply");
        for (var reply : post.path("replies")) {
            fields.only(reply, POST);
            fields.must(object(reply, conversation, false) >= root, "a reply is earlier than its root");
        }
    }

    private long object(JsonNode post, String conversation, boolean root) {
        fields.must(people.contains(post.path("user").asText()), "author " + post.path("user") + " is not there");
        fields.text(post, "message", 0, 16_383);
        fields.must(TYPE.matcher(post.path("type").asText("")).matches(), "type " + post.path("type"));
        fields.must(post.path("props").isMissingNode() || post.path("props").isObject(), "props is an object");
        String props = post.path("props").toString();
        fields.must(props.codePointCount(0, props.length()) <= 800_000, "props are too long");
        long at = post.path("create_at").asLong();
        fields.must(post.path("create_at").isIntegralNumber() && at > 0, "create_at");
        fields.must(times.add(conversation + " " + at), "create_at " + at + " is used twice in " + conversation);
        fields.positive(post, "edit_at");
        var seen = new HashSet<String>();
        for (var reaction : post.path("reactions")) {
            fields.only(reaction, Set.of("user", "emoji_name", "create_at"));
            fields.must(people.contains(reaction.path("user").asText()), "a reaction of somebody who is not there");
            fields.must(
                    MattermostPackageRules.EMOJI
                            .matcher(fields.text(reaction, "emoji_name", 1, 64))
                            .matches(),
                    "emoji of a reaction");
            fields.must(reaction.path("create_at").asLong() >= at, "a reaction is earlier than its post");
            fields.must(
                    seen.add(reaction.path("user") + " " + reaction.path("emoji_name")), "a reaction is there twice");
        }
        fields.must(
                post.path("attachments").size() <= 10, post.path("attachments").size() + " attachments");
        post.path("attachments").forEach(attachment -> files.named(fields.text(attachment, "path", 1, 1024)));
        long[] total = totals.computeIfAbsent(conversation, key -> new long[3]);
        total[0]++;
        total[1] += root ? 1 : 0;
        total[2] = Math.max(total[2], at);
        return at;
    }

    void everythingRead() {
        for (var read : reads) {
            long[] total = totals.getOrDefault(read.conversation(), new long[3]);
            boolean all = read.member().path("msg_count").asLong(-1) == total[0]
                    && read.member().path("msg_count_root").asLong(-1) == total[1]
                    && read.member().path("last_viewed_at").asLong() >= total[2];
            if (!all) {
                fields.broken.add(read.who() + " has not read everything in " + read.conversation());
            }
        }
    }
}
