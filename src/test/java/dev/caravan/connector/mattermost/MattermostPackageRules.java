package dev.caravan.connector.mattermost;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What Mattermost's bulk import demands of a package, written from its guide and validators and not from our writer:
 * stricter than the server where the server is silent about damage (unknown fields, people nobody declared, times used
 * twice, files nobody names). For packages of tests: holds the whole package in memory.
 */
public final class MattermostPackageRules {

    private static final int MAX_LINE = 16 * 1024 * 1024;
    private static final List<String> ORDER =
            List.of("version", "emoji", "team", "channel", "user", "bot", "post", "direct_channel", "direct_post");
    private static final Pattern TEAM = Pattern.compile("[a-z0-9]+([a-z\\-0-9]+|(__)?)[a-z0-9]+");
    private static final Pattern CHANNEL = Pattern.compile("[a-z0-9]([a-z0-9_-]*[a-z0-9])?");
    private static final Pattern USER = Pattern.compile("[a-z0-9._-]+");
    private static final Pattern EMOJI = Pattern.compile("[A-Za-z0-9+_-]+");
    private static final Pattern TYPE = Pattern.compile("|me|system_.+|custom_.+");
    private static final Set<String> RESERVED = Set.of("all", "channel", "matterbot", "system");
    private static final Set<String> AUTH =
            Set.of("", "email", "gitlab", "saml", "ldap", "google", "office365", "openid");
    private static final Set<String> SYSTEM_ROLES = Set.of("system_user", "system_admin system_user", "system_guest");

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

    private final List<String> broken = new ArrayList<>();
    private final JsonMapper json = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final Set<String> data = new HashSet<>();
    private final Set<String> namedFiles = new HashSet<>();
    private final Set<String> people = new HashSet<>();
    private final Set<String> emails = new HashSet<>();
    private final Set<String> keys = new HashSet<>();
    private final Set<String> conversations = new HashSet<>();
    private final Set<String> times = new HashSet<>();
    private final List<Read> reads = new ArrayList<>();
    private final Map<String, long[]> totals = new HashMap<>();
    private int number;

    /** What a member has read of a conversation. */
    private record Read(String who, String conversation, JsonNode member) {}

    private MattermostPackageRules(Set<String> alreadyThere) {
        people.addAll(alreadyThere);
    }

    /** What is wrong with a package that has to stand alone; empty when it is right. */
    public static List<String> broken(Path zip) {
        return broken(zip, Set.of());
    }

    /** @param alreadyThere people whom an import before brought */
    public static List<String> broken(Path zip, Set<String> alreadyThere) {
        return new MattermostPackageRules(alreadyThere).check(zip);
    }

    private List<String> check(Path path) {
        try (var zip = new ZipFile(path.toFile())) {
            var texts = new ArrayList<String>();
            for (var entry : zip.stream().toList()) {
                entry(entry.getName(), texts);
            }
            must(texts.size() == 1, "exactly one .jsonl, not " + texts);
            for (String text : texts) {
                lines(zip.getInputStream(zip.getEntry(text)).readAllBytes());
            }
        } catch (IOException e) {
            broken.add("not a zip that can be read: " + e.getMessage());
        }
        everythingRead();
        for (String file : data) {
            must(namedFiles.contains(file), "data/" + file + " is named by nobody");
        }
        return broken;
    }

    private void entry(String name, List<String> texts) {
        if (name.endsWith(".jsonl")) {
            texts.add(name);
            return;
        }
        must(name.startsWith("data/"), "entry " + name + " lies outside data/");
        must(!Arrays.asList(name.split("/")).contains(".."), "entry " + name + " leads out");
        must(Normalizer.isNormalized(name, Normalizer.Form.NFC), "entry " + name + " is not NFC");
        must(data.add(name.substring(name.indexOf('/') + 1)), "entry " + name + " is there twice");
    }

    private void lines(byte[] all) {
        must(all.length > 0 && all[all.length - 1] == '\n', "the last line ends with a newline");
        int stage = -1;
        var line = new ByteArrayOutputStream();
        for (byte b : all) {
            line.write(b);
            if (b == '\n') {
                number++;
                stage = line(line.toByteArray(), stage);
                line.reset();
            }
        }
    }

    private int line(byte[] bytes, int stage) {
        must(bytes.length < MAX_LINE, "is " + bytes.length + " bytes long");
        JsonNode line;
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            line = json.readTree(text.toString());
        } catch (CharacterCodingException e) {
            broken.add("line " + number + ": not UTF-8");
            return stage;
        } catch (IOException e) {
            broken.add("line " + number + ": not one JSON object: " + e.getMessage());
            return stage;
        }
        String type = line.path("type").asText("");
        int place = ORDER.indexOf(type);
        must(place >= 0, "unknown type " + type);
        must(place >= stage, type + " after " + (stage < 0 ? "nothing" : ORDER.get(stage)));
        must((number == 1) == type.equals("version"), "version is the first line and only that");
        only(line, Set.of("type", type));
        var object = line.path(type);
        switch (type) {
            case "version" -> must(object.asInt() == 1, "version 1");
            case "emoji" -> emoji(object);
            case "team" -> team(object);
            case "channel" -> channel(object);
            case "user" -> user(object);
            case "bot" -> bot(object);
            case "post" -> post(object);
            case "direct_channel" -> directChannel(object);
            case "direct_post" -> directPost(object);
            default -> {}
        }
        return Math.max(stage, place);
    }

    private void emoji(JsonNode emoji) {
        only(emoji, Set.of("name", "image"));
        String name = text(emoji, "name", 1, 64);
        must(EMOJI.matcher(name).matches(), "emoji name " + name);
        once("emoji " + name);
        file(text(emoji, "image", 1, 1024));
    }

    private void team(JsonNode team) {
        only(team, Set.of("name", "display_name", "type", "description", "allow_open_invite", "scheme"));
        String name = text(team, "name", 2, 64);
        must(TEAM.matcher(name).matches(), "team name " + name);
        text(team, "display_name", 1, 64);
        must(Set.of("O", "I").contains(team.path("type").asText()), "team type");
        once("team " + name);
    }

    private void channel(JsonNode channel) {
        only(channel, Set.of("team", "name", "display_name", "type", "header", "purpose", "scheme", "deleted_at"));
        String name = text(channel, "name", 2, 64);
        must(CHANNEL.matcher(name).matches(), "channel name " + name);
        must(keys.contains("team " + channel.path("team").asText()), "channel of a team that is not there");
        must(Set.of("O", "P").contains(channel.path("type").asText()), "channel type");
        optional(channel, "display_name", 64);
        optional(channel, "header", 1024);
        optional(channel, "purpose", 250);
        positive(channel, "deleted_at");
        String key = channel.path("team").asText() + "/" + name;
        once("channel " + key);
        conversations.add(key);
    }

    private void user(JsonNode user) {
        only(
                user,
                Set.of(
                        "username",
                        "email",
                        "auth_service",
                        "auth_data",
                        "password",
                        "nickname",
                        "first_name",
                        "last_name",
                        "position",
                        "roles",
                        "locale",
                        "delete_at",
                        "teams"));
        String name = userName(user, "username");
        must(people.add(name), "user " + name + " is there twice");
        String email = text(user, "email", 3, 128);
        must(email.contains("@"), "e-mail address " + email);
        must(emails.add(email), "two users have the e-mail address " + email);
        must(
                user.path("auth_service").asText("").isEmpty()
                        == user.path("auth_data").asText("").isEmpty(),
                "auth_service and auth_data go together");
        must(AUTH.contains(user.path("auth_service").asText("")), "auth_service");
        must(!user.has("auth_data") || !user.has("password"), "auth_data and password");
        for (String field : List.of("nickname", "first_name", "last_name")) {
            optional(user, field, 64);
        }
        optional(user, "position", 128);
        optional(user, "auth_data", 128);
        positive(user, "delete_at");
        must(SYSTEM_ROLES.contains(user.path("roles").asText()), "roles of " + name);
        boolean guest = user.path("roles").asText().equals("system_guest");
        for (var team : user.path("teams")) {
            membership(name, guest, team);
        }
    }

    private void membership(String user, boolean guest, JsonNode team) {
        only(team, Set.of("name", "roles", "channels"));
        must(keys.contains("team " + team.path("name").asText()), user + " in a team that is not there");
        must(roles("team", guest).contains(team.path("roles").asText()), "team roles of " + user);
        var names = new HashSet<String>();
        for (var channel : team.path("channels")) {
            only(channel, Set.of("name", "roles", "msg_count", "msg_count_root", "last_viewed_at"));
            String key = team.path("name").asText() + "/" + channel.path("name").asText();
            must(conversations.contains(key), user + " in channel " + key + ", which is not there");
            must(names.add(key), user + " twice in " + key);
            must(roles("channel", guest).contains(channel.path("roles").asText()), "channel roles of " + user);
            reads.add(new Read(user, key, channel));
        }
    }

    private static Set<String> roles(String where, boolean guest) {
        return guest ? Set.of(where + "_guest") : Set.of(where + "_user", "%1$s_admin %1$s_user".formatted(where));
    }

    private void bot(JsonNode bot) {
        only(bot, Set.of("username", "owner", "display_name", "description"));
        String name = userName(bot, "username");
        userName(bot, "owner");
        must(people.add(name), "bot " + name + " is there twice");
        optional(bot, "display_name", 64);
        optional(bot, "description", 1024);
    }

    private void post(JsonNode post) {
        String key = post.path("team").asText() + "/" + post.path("channel").asText();
        must(conversations.contains(key), "post in " + key + ", which is not there");
        thread(post, key, Set.of("team", "channel"));
    }

    private void directChannel(JsonNode channel) {
        only(channel, Set.of("participants", "header", "shown_by", "favorited_by"));
        var names = new ArrayList<String>();
        channel.path("participants").forEach(member -> names.add(userName(member, "username")));
        String key = members(names);
        once("direct " + key);
        conversations.add(key);
        optional(channel, "header", 1024);
        for (var member : channel.path("participants")) {
            only(
                    member,
                    Set.of("username", "msg_count", "msg_count_root", "last_viewed_at", "scheme_user", "scheme_guest"));
            reads.add(new Read(member.path("username").asText(), key, member));
        }
        for (String field : List.of("shown_by", "favorited_by")) {
            channel.path(field).forEach(name -> must(names.contains(name.asText()), field + " names a stranger"));
        }
    }

    private void directPost(JsonNode post) {
        var names = new ArrayList<String>();
        post.path("channel_members").forEach(name -> names.add(name.asText()));
        String key = members(names);
        must(conversations.contains(key), "direct_post in " + key + ", which has no direct_channel line");
        thread(post, key, Set.of("channel_members"));
    }

    private String members(List<String> names) {
        must(names.size() >= 2 && names.size() <= 8, names.size() + " members");
        must(names.size() == 2 || Set.copyOf(names).size() == names.size(), "a member is there twice");
        names.forEach(name -> must(people.contains(name), "member " + name + " is not there"));
        return "direct " + new TreeSet<>(names);
    }

    private void thread(JsonNode post, String conversation, Set<String> place) {
        var fields = new HashSet<>(POST);
        fields.addAll(place);
        fields.add("replies");
        only(post, fields);
        long root = object(post, conversation, true);
        must(!post.has("replies") || !post.path("replies").isEmpty(), "replies without a reply");
        for (var reply : post.path("replies")) {
            only(reply, POST);
            must(object(reply, conversation, false) >= root, "a reply is earlier than its root");
        }
    }

    private long object(JsonNode post, String conversation, boolean root) {
        must(people.contains(post.path("user").asText()), "author " + post.path("user") + " is not there");
        text(post, "message", 0, 16_383);
        must(TYPE.matcher(post.path("type").asText("")).matches(), "type " + post.path("type"));
        must(post.path("props").isMissingNode() || post.path("props").isObject(), "props is an object");
        String props = post.path("props").toString();
        must(props.codePointCount(0, props.length()) <= 800_000, "props are too long");
        long at = post.path("create_at").asLong();
        must(post.path("create_at").isIntegralNumber() && at > 0, "create_at");
        must(times.add(conversation + " " + at), "create_at " + at + " is used twice in " + conversation);
        positive(post, "edit_at");
        var seen = new HashSet<String>();
        for (var reaction : post.path("reactions")) {
            only(reaction, Set.of("user", "emoji_name", "create_at"));
            must(people.contains(reaction.path("user").asText()), "a reaction of somebody who is not there");
            must(EMOJI.matcher(text(reaction, "emoji_name", 1, 64)).matches(), "emoji of a reaction");
            must(reaction.path("create_at").asLong() >= at, "a reaction is earlier than its post");
            must(seen.add(reaction.path("user") + " " + reaction.path("emoji_name")), "a reaction is there twice");
        }
        must(post.path("attachments").size() <= 10, post.path("attachments").size() + " attachments");
        post.path("attachments").forEach(attachment -> file(text(attachment, "path", 1, 1024)));
        long[] total = totals.computeIfAbsent(conversation, key -> new long[3]);
        total[0]++;
        total[1] += root ? 1 : 0;
        total[2] = Math.max(total[2], at);
        return at;
    }

    private void everythingRead() {
        for (var read : reads) {
            long[] total = totals.getOrDefault(read.conversation(), new long[3]);
            boolean all = read.member().path("msg_count").asLong(-1) == total[0]
                    && read.member().path("msg_count_root").asLong(-1) == total[1]
                    && read.member().path("last_viewed_at").asLong() >= total[2];
            if (!all) {
                broken.add(read.who() + " has not read everything in " + read.conversation());
            }
        }
    }

    private void file(String path) {
        must(data.contains(path), "file " + path + " is not in the package");
        namedFiles.add(path);
    }

    private String userName(JsonNode node, String field) {
        String name = text(node, field, 1, 64);
        must(USER.matcher(name).matches() && !RESERVED.contains(name), field + " " + name);
        return name;
    }

    private String text(JsonNode node, String field, int min, int max) {
        must(node.path(field).isTextual(), field + " is a text");
        String text = node.path(field).asText("");
        int runes = text.codePointCount(0, text.length());
        must(runes >= min && runes <= max, field + " has " + runes + " characters");
        return text;
    }

    private void optional(JsonNode node, String field, int max) {
        if (node.has(field)) {
            text(node, field, 0, max);
        }
    }

    private void positive(JsonNode node, String field) {
        must(
                !node.has(field)
                        || node.path(field).isIntegralNumber()
                                && node.path(field).asLong() > 0,
                field);
    }

    private void once(String key) {
        must(keys.add(key), key + " is there twice");
    }

    private void only(JsonNode node, Set<String> fields) {
        must(node.isObject(), "an object");
        node.fieldNames().forEachRemaining(field -> must(fields.contains(field), "unknown field " + field));
        node.forEach(value -> must(!value.isNull(), "a null"));
    }

    private void must(boolean right, String what) {
        if (!right) {
            broken.add("line " + number + ": " + what);
        }
    }
}
