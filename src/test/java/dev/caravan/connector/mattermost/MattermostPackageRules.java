package dev.caravan.connector.mattermost;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    static final Pattern EMOJI = Pattern.compile("[A-Za-z0-9+_-]+");
    private static final Set<String> AUTH =
            Set.of("", "email", "gitlab", "saml", "ldap", "google", "office365", "openid");
    private static final Set<String> SYSTEM_ROLES = Set.of("system_user", "system_admin system_user", "system_guest");

    private final PackageFields fields = new PackageFields();
    private final PackageFiles files = new PackageFiles(fields);
    private final JsonMapper json = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final Set<String> people = new HashSet<>();
    private final PackagePosts posts = new PackagePosts(fields, files, people);
    private final Set<String> emails = new HashSet<>();
    private final Set<String> keys = new HashSet<>();
    private final Set<String> conversations = new HashSet<>();

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
            fields.must(texts.size() == 1, "exactly one .jsonl, not " + texts);
            for (String text : texts) {
                lines(zip.getInputStream(zip.getEntry(text)).readAllBytes());
            }
        } catch (IOException e) {
            fields.broken.add("not a zip that can be read: " + e.getMessage());
        }
        posts.everythingRead();
        files.allNamed();
        return fields.broken;
    }

    private void entry(String name, List<String> texts) {
        if (name.endsWith(".jsonl")) {
            texts.add(name);
            return;
        }
        files.entry(name);
    }

    private void lines(byte[] all) {
        fields.must(all.length > 0 && all[all.length - 1] == '\n', "the last line ends with a newline");
        int stage = -1;
        var line = new ByteArrayOutputStream();
        for (byte b : all) {
            line.write(b);
            if (b == '\n') {
                fields.nextLine();
                stage = line(line.toByteArray(), stage);
                line.reset();
            }
        }
    }

    private int line(byte[] bytes, int stage) {
        fields.must(bytes.length < MAX_LINE, "is " + bytes.length + " bytes long");
        JsonNode line;
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            line = json.readTree(text.toString());
        } catch (CharacterCodingException e) {
            fields.must(false, "not UTF-8");
            return stage;
        } catch (IOException e) {
            fields.must(false, "not one JSON object: " + e.getMessage());
            return stage;
        }
        String type = line.path("type").asText("");
        int place = ORDER.indexOf(type);
        fields.must(place >= 0, "unknown type " + type);
        fields.must(place >= stage, type + " after " + (stage < 0 ? "nothing" : ORDER.get(stage)));
        fields.must(fields.isFirstLine() == type.equals("version"), "version is the first line and only that");
        fields.only(line, Set.of("type", type));
        var object = line.path(type);
        switch (type) {
            case "version" -> fields.must(object.asInt() == 1, "version 1");
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
        fields.only(emoji, Set.of("name", "image"));
        String name = fields.text(emoji, "name", 1, 64);
        fields.must(EMOJI.matcher(name).matches(), "emoji name " + name);
        once("emoji " + name);
        files.named(fields.text(emoji, "image", 1, 1024));
    }

    private void team(JsonNode team) {
        fields.only(team, Set.of("name", "display_name", "type", "description", "allow_open_invite", "scheme"));
        String name = fields.text(team, "name", 2, 64);
        fields.must(TEAM.matcher(name).matches(), "team name " + name);
        fields.text(team, "display_name", 1, 64);
        fields.must(Set.of("O", "I").contains(team.path("type").asText()), "team type");
        once("team " + name);
    }

    private void channel(JsonNode channel) {
        fields.only(
                channel, Set.of("team", "name", "display_name", "type", "header", "purpose", "scheme", "deleted_at"));
        String name = fields.text(channel, "name", 2, 64);
        fields.must(CHANNEL.matcher(name).matches(), "channel name " + name);
        fields.must(keys.contains("team " + channel.path("team").asText()), "channel of a team that is not there");
        fields.must(Set.of("O", "P").contains(channel.path("type").asText()), "channel type");
        fields.optional(channel, "display_name", 64);
        fields.optional(channel, "header", 1024);
        fields.optional(channel, "purpose", 250);
        fields.positive(channel, "deleted_at");
        String key = channel.path("team").asText() + "/" + name;
        once("channel " + key);
        conversations.add(key);
    }

    private void user(JsonNode user) {
        fields.only(
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
        String name = fields.userName(user, "username");
        fields.must(people.add(name), "user " + name + " is there twice");
        String email = fields.text(user, "email", 3, 128);
        fields.must(email.contains("@"), "e-mail address " + email);
        fields.must(emails.add(email), "two users have the e-mail address " + email);
        fields.must(
                user.path("auth_service").asText("").isEmpty()
                        == user.path("auth_data").asText("").isEmpty(),
                "auth_service and auth_data go together");
        fields.must(AUTH.contains(user.path("auth_service").asText("")), "auth_service");
        fields.must(!user.has("auth_data") || !user.has("password"), "auth_data and password");
        for (String field : List.of("nickname", "first_name", "last_name")) {
            fields.optional(user, field, 64);
        }
        fields.optional(user, "position", 128);
        fields.optional(user, "auth_data", 128);
        fields.positive(user, "delete_at");
        fields.must(SYSTEM_ROLES.contains(user.path("roles").asText()), "roles of " + name);
        boolean guest = user.path("roles").asText().equals("system_guest");
        for (var team : user.path("teams")) {
            membership(name, guest, team);
        }
    }

    private void membership(String user, boolean guest, JsonNode team) {
        fields.only(team, Set.of("name", "roles", "channels"));
        fields.must(keys.contains("team " + team.path("name").asText()), user + " in a team that is not there");
        fields.must(roles("team", guest).contains(team.path("roles").asText()), "team roles of " + user);
        var names = new HashSet<String>();
        for (var channel : team.path("channels")) {
            fields.only(channel, Set.of("name", "roles", "msg_count", "msg_count_root", "last_viewed_at"));
            String key = team.path("name").asText() + "/" + channel.path("name").asText();
            fields.must(conversations.contains(key), user + " in channel " + key + ", which is not there");
            fields.must(names.add(key), user + " twice in " + key);
            fields.must(roles("channel", guest).contains(channel.path("roles").asText()), "channel roles of " + user);
            posts.read(user, key, channel);
        }
    }

    private static Set<String> roles(String where, boolean guest) {
        return guest ? Set.of(where + "_guest") : Set.of(where + "_user", "%1$s_admin %1$s_user".formatted(where));
    }

    private void bot(JsonNode bot) {
        fields.only(bot, Set.of("username", "owner", "display_name", "description"));
        String name = fields.userName(bot, "username");
        fields.userName(bot, "owner");
        fields.must(people.add(name), "bot " + name + " is there twice");
        fields.optional(bot, "display_name", 64);
        fields.optional(bot, "description", 1024);
    }

    private void post(JsonNode post) {
        String key = post.path("team").asText() + "/" + post.path("channel").asText();
        fields.must(conversations.contains(key), "post in " + key + ", which is not there");
        posts.thread(post, key, Set.of("team", "channel"));
    }

    private void directChannel(JsonNode channel) {
        fields.only(channel, Set.of("participants", "header", "shown_by", "favorited_by"));
        var names = new ArrayList<String>();
        channel.path("participants").forEach(member -> names.add(fields.userName(member, "username")));
        String key = members(names);
        once("direct " + key);
        conversations.add(key);
        fields.optional(channel, "header", 1024);
        for (var member : channel.path("participants")) {
            fields.only(
                    member,
                    Set.of("username", "msg_count", "msg_count_root", "last_viewed_at", "scheme_user", "scheme_guest"));
            posts.read(member.path("username").asText(), key, member);
        }
        for (String field : List.of("shown_by", "favorited_by")) {
            channel.path(field)
                    .forEach(name -> fields.must(names.contains(name.asText()), field + " names a stranger"));
        }
    }

    private void directPost(JsonNode post) {
        var names = new ArrayList<String>();
        post.path("channel_members").forEach(name -> names.add(name.asText()));
        String key = members(names);
        fields.must(conversations.contains(key), "direct_post in " + key + ", which has no direct_channel line");
        posts.thread(post, key, Set.of("channel_members"));
    }

    private String members(List<String> names) {
        fields.must(names.size() >= 2 && names.size() <= 8, names.size() + " members");
        fields.must(names.size() == 2 || Set.copyOf(names).size() == names.size(), "a member is there twice");
        names.forEach(name -> fields.must(people.contains(name), "member " + name + " is not there"));
        return "direct " + new TreeSet<>(names);
    }

    private void once(String key) {
        fields.must(keys.add(key), key + " is there twice");
    }
}
