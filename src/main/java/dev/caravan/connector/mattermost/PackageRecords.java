package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;

/**
 * Takes a line apart into the records of one kind. Ids are names: of the first team's channels as they are, of another
 * team's with {@code team:} before them, of direct conversations their members.
 */
final class PackageRecords {

    private static final Map<Kind, Set<String>> TYPES = Map.of(
            Kind.USER, Set.of("user", "bot"),
            Kind.CHANNEL, Set.of("channel", "direct_channel"),
            Kind.MEMBERSHIP, Set.of("user"),
            Kind.EMOJI, Set.of("emoji"),
            Kind.MESSAGE, Set.of("post", "direct_post"));

    private final Kind kind;
    private final PackageFile file;
    /** Names of all people so far; shared by all records, which only read it. */
    private final ObjectNode people = JsonNodeFactory.instance.objectNode();

    private String team;

    /** @param imported names of people who are on the target without a line here */
    PackageRecords(Kind kind, PackageFile file, Set<String> imported) {
        this.kind = kind;
        this.file = file;
        imported.forEach(name -> people.put(name, true));
    }

    /** Whether lines of a type hold records of the kind, or tell something about them. */
    boolean wants(String type) {
        return holds(type) || type.equals("team") && team == null || kind == Kind.MESSAGE && isPerson(type);
    }

    private static boolean isPerson(String type) {
        return TYPES.get(Kind.USER).contains(type);
    }

    /** What a line of another kind tells about the records to come. */
    void learn(String type, JsonNode object) {
        if (type.equals("team")) {
            team = object.path("name").asText(null);
        } else if (isPerson(type)) {
            people.put(object.path("username").asText(), true);
        }
    }

    boolean holds(String type) {
        return TYPES.get(kind).contains(type);
    }

    List<PackageRecord> of(String type, ObjectNode object) throws IOException {
        return switch (kind) {
            case USER -> List.of(user(type, object));
            case CHANNEL -> List.of(type.equals("channel") ? channel(object) : direct(object));
            case MEMBERSHIP -> memberships(object);
            case EMOJI -> List.of(emoji(object));
            case MESSAGE -> messages(object);
        };
    }

    private PackageRecord user(String type, ObjectNode user) {
        boolean admin = false;
        for (var membership : user.path("teams")) {
            admin |= membership.path("roles").asText("").contains("team_admin");
        }
        return record(user, user.objectNode().put("type", type).put("teamAdmin", admin));
    }

    private PackageRecord emoji(ObjectNode emoji) throws IOException {
        var picture = file.sha256(emoji.path("image").asText(""));
        return record(emoji, emoji.objectNode().put("pictureGiven", picture.isPresent()));
    }

    private PackageRecord channel(ObjectNode channel) {
        var context = context(channel.path("team"), channel.path("name"), channel);
        return record(
                channel,
                context.put("channelType", channel.path("type").asText().equals("O") ? "public" : "private"));
    }

    private ObjectNode context(JsonNode team, JsonNode name, ObjectNode maker) {
        return maker.objectNode().put("channel", channelId(team.asText(""), name.asText("")));
    }

    private PackageRecord direct(ObjectNode channel) {
        var members = new TreeSet<String>();
        channel.path("participants")
                .forEach(member -> members.add(member.path("username").asText("")));
        channel.path("members").forEach(member -> members.add(member.asText("")));
        var context = channel.objectNode()
                .put("channel", String.join(",", members))
                .put("channelType", members.size() > 2 ? "group" : "direct");
        members.forEach(context.putArray("members")::add);
        return record(channel, context);
    }

    private List<PackageRecord> memberships(ObjectNode user) {
        var records = new ArrayList<PackageRecord>();
        for (var inTeam : user.path("teams")) {
            for (var channel : inTeam.path("channels")) {
                if (channel instanceof ObjectNode membership) {
                    var context = context(inTeam.path("name"), channel.path("name"), user);
                    records.add(record(
                            membership,
                            context.put("user", user.path("username").asText())));
                }
            }
        }
        return records;
    }

    private List<PackageRecord> messages(ObjectNode post) throws IOException {
        if (mark(post).equals("copy")) {
            return List.of(PackageRecord.COPY);
        }
        String channel = conversation(post);
        var replies = post.path("replies");
        post.remove("replies");
        var root = post.at("/props/caravan_root");
        var thread = root.isObject() ? (ObjectNode) root : thread(post);
        var records = new ArrayList<PackageRecord>();
        records.add(message(post, channel, root.isObject() ? thread : null));
        for (var reply : replies) {
            if (!(reply instanceof ObjectNode object)) {
                continue;
            }
            if (mark(object).equals("more")) {
                more(records, object);
            } else {
                records.add(message(object, channel, thread));
            }
        }
        return records;
    }

    private PackageRecord message(ObjectNode post, String channel, ObjectNode root) throws IOException {
        var context = post.objectNode().put("channel", channel);
        context.set("people", people);
        context.put("id", id(post, root == null ? 0 : root.path("time").asLong()));
        if (root != null) {
            context.set("root", root);
        }
        files(post, context);
        return record(post, context);
    }

    /** SHA-256 of each attachment whose bytes are in the package, by its path. */
    private void files(ObjectNode post, ObjectNode context) throws IOException {
        for (var attachment : post.path("attachments")) {
            var path = attachment.path("path").asText("");
            var sha256 = file.sha256(path);
            if (sha256.isPresent()) {
                ((ObjectNode) context.withObject("/files")).put(path, sha256.get());
            }
        }
    }

    private void more(List<PackageRecord> records, ObjectNode more) throws IOException {
        var before = records.get(records.size() - 1);
        var context = (ObjectNode) before.source().get(Item.CONTEXT);
        context.withArray("/more").add(more);
        files(more, context);
        records.set(records.size() - 1, new PackageRecord(before.source(), before.merged() + 1));
    }

    private static ObjectNode thread(ObjectNode root) {
        var thread = root.objectNode()
                .put("id", id(root, 0))
                .put("time", root.path(StagedLine.CREATE_AT).asLong())
                .put("user", root.path("user").asText());
        var record = root.path("props").path(PostLayout.RECORD);
        if (!record.isMissingNode()) {
            thread.set("record", record);
        }
        return thread;
    }

    private static String id(ObjectNode post, long root) {
        return PostIds.of(
                post.path(StagedLine.CREATE_AT).asLong(),
                post.path("user").asText(),
                post.path("message").asText(),
                root);
    }

    private static String mark(JsonNode post) {
        return post.path("props").path(PostLayout.MARK).asText("");
    }

    private String conversation(ObjectNode post) {
        var members = new TreeSet<String>();
        post.path("channel_members").forEach(member -> members.add(member.asText("")));
        return members.isEmpty()
                ? channelId(post.path("team").asText(""), post.path("channel").asText(""))
                : String.join(",", members);
    }

    private String channelId(String inTeam, String name) {
        return team == null || inTeam.equals(team) ? name : inTeam + ":" + name;
    }

    private static PackageRecord record(ObjectNode source, ObjectNode context) {
        source.set(Item.CONTEXT, context);
        return new PackageRecord(source, 0);
    }
}
