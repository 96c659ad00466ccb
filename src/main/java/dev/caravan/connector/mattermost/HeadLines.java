package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.connector.mattermost.SealSource.Conversation;
import dev.caravan.connector.mattermost.SealSource.Person;
import dev.caravan.model.Finding;
import dev.caravan.model.StageSlot;

/** The lines beside the posts, each kind in one stretch ({@link MattermostRule#LINE_ORDER}). */
final class HeadLines {

    private static final String USER_LINE_END = "]}]}}";

    private final ObjectMapper json;
    private final SealSource source;
    private final SealSettings settings;
    private final StageReader stage;
    private final Totals totals;
    private final OutputStream out;
    private final OutputStream files;
    private final int maxLine;
    private final ByteText line = new ByteText();
    private final Set<String> channelNames = new HashSet<>();
    private final Map<String, List<String>> groups = new HashMap<>();
    private final Set<String> importedChannels = new HashSet<>();
    private final Set<String> guests = new HashSet<>();
    private final EmailAddresses addresses;

    HeadLines(
            ObjectMapper json,
            SealSource source,
            SealSettings settings,
            StageReader stage,
            Totals totals,
            OutputStream out,
            OutputStream files,
            int maxLine) {
        this.json = json;
        this.source = source;
        this.settings = settings;
        this.stage = stage;
        this.totals = totals;
        this.out = out;
        this.files = files;
        this.maxLine = maxLine;
        this.addresses = new EmailAddresses(settings.emailDomain());
    }

    /** Everything that stands before the posts. */
    void write() throws IOException {
        line.add("{\"type\":\"version\",\"version\":1}\n").flushTo(out);
        emoji();
        team();
        channels();
        var bots = people();
        for (var bot : bots) {
            line.add("{\"type\":\"bot\",\"bot\":").add(json.writeValueAsBytes(bot.line()));
            line.add("}\n").flushTo(out);
        }
    }

    /** The direct_channel lines. */
    void directs() throws IOException {
        try (var directs = source.directs()) {
            while (directs.hasNext()) {
                direct(directs.next());
            }
        }
    }

    private void emoji() throws IOException {
        try (var emoji = source.emoji()) {
            while (emoji.hasNext()) {
                for (var staged : staged(emoji.next())) {
                    if (staged.tag() == StagedLine.EMOJI) {
                        object("emoji", staged);
                    } else if (staged.tag() == StagedLine.FILE) {
                        files.write(staged.bytes(), staged.from(), staged.length() + 1);
                    }
                }
            }
        }
    }

    private void team() throws IOException {
        var team = json.createObjectNode()
                .put("name", settings.team())
                .put("display_name", settings.teamDisplayName())
                .put("type", settings.teamOpen() ? "O" : "I")
                .put("allow_open_invite", settings.teamOpen());
        line.add("{\"type\":\"team\",\"team\":").add(json.writeValueAsBytes(team));
        line.add("}\n").flushTo(out);
    }

    private void channels() throws IOException {
        try (var channels = source.channels()) {
            while (channels.hasNext()) {
                var channel = channels.next();
                channelNames.add(channel.place().name());
                if (channel.imported()) {
                    importedChannels.add(channel.place().name());
                }
                for (var staged : staged(channel.slot())) {
                    if (staged.tag() == StagedLine.MEMBERS) {
                        for (var member : json.readTree(staged.text())) {
                            groups.computeIfAbsent(member.asText(), name -> new ArrayList<>())
                                    .add(channel.place().name());
                        }
                    } else {
                        object("channel", staged);
                    }
                }
            }
        }
    }

    /** @return the bots, whose lines come last because of their owners */
    private List<Account> people() throws IOException {
        keepImportedAddresses();
        var bots = new ArrayList<Account>();
        try (var people = source.people()) {
            while (people.hasNext()) {
                var person = people.next();
                var account = account(person);
                if (account.isGuest()) {
                    guests.add(person.name());
                }
                if (person.imported()) {
                    memberships(person)
                            .forEach((channel, admin) -> source.found(new Finding(
                                    MattermostRule.MEMBERSHIP_AFTER_IMPORT.id(),
                                    "membership",
                                    person.name(),
                                    "channel " + channel)));
                } else if (account.isBot()) {
                    bots.add(account);
                } else {
                    user(person, account);
                }
            }
        }
        return bots;
    }

    /** They come first, whatever their names. */
    private void keepImportedAddresses() throws IOException {
        try (var people = source.people()) {
            while (people.hasNext()) {
                var person = people.next();
                if (person.imported()) {
                    addresses.keep(account(person), person.name());
                }
            }
        }
    }

    private Account account(Person person) throws IOException {
        var lines = new ArrayList<StagedLine>(1);
        for (var slot : person.slots()) {
            lines.add(staged(slot).get(0));
        }
        return Account.of(json, lines);
    }

    private void user(Person person, Account account) throws IOException {
        if (person.slots().size() > 1) {
            source.found(new Finding(
                    MattermostRule.PEOPLE_MERGED.id(),
                    "user",
                    person.name(),
                    person.slots().size() + " people"));
        }
        if (addresses.claim(account.line(), account.email(), person.name())) {
            source.found(new Finding(MattermostRule.EMAIL_TWICE.id(), "user", person.name(), ""));
        }
        var channels = memberships(person);
        var own = json.writeValueAsBytes(account.line());
        line.add("{\"type\":\"user\",\"user\":").add(own, 0, own.length - 1);
        if (!account.isGuest() || !channels.isEmpty()) {
            String role = account.isGuest()
                    ? "team_guest"
                    : account.tag() == StagedLine.ADMIN ? "team_admin team_user" : "team_user";
            line.add(",\"teams\":[{\"name\":").add(json.writeValueAsBytes(settings.team()));
            line.add(",\"roles\":\"").add(role).add("\",\"channels\":[");
            channels(channels, account.isGuest(), person.name());
            line.add("]}]");
        }
        line.add("}}\n").flushTo(out);
    }

    private void channels(Map<String, Boolean> admin, boolean guest, String person) throws IOException {
        String comma = "";
        for (var channel : admin.entrySet()) {
            int before = line.size();
            line.add(comma).add("{\"name\":").add(json.writeValueAsBytes(channel.getKey()));
            String member =
                    guest ? "channel_guest" : channel.getValue() ? "channel_admin channel_user" : "channel_user";
            line.add(",\"roles\":\"").add(member).add("\"");
            totals.of(Totals.channel(channel.getKey())).write(line);
            line.add("}");
            if (line.size() + USER_LINE_END.length() > maxLine) {
                line.cut(before);
                source.found(new Finding(
                        MattermostRule.MEMBERSHIPS_CUT.id(), "membership", person, "channel " + channel.getKey()));
            } else {
                comma = ",";
            }
        }
    }

    /** Names of channels, each with whether the person is an admin there; of somebody imported only new ones. */
    private Map<String, Boolean> memberships(Person person) throws IOException {
        var channels = new TreeMap<String, Boolean>();
        for (String name : groups.getOrDefault(person.name(), List.of())) {
            if (!(person.imported() && importedChannels.contains(name))) {
                channels.put(name, false);
            }
        }
        for (var slot : person.memberships()) {
            var staged = staged(slot).get(0);
            if (staged.tag() == StagedLine.DIRECT) {
                continue;
            }
            String name = json.readTree(staged.text()).path("name").asText();
            if (channelNames.contains(name)) {
                channels.merge(name, staged.tag() == StagedLine.ADMIN, Boolean::logicalOr);
            } else {
                source.found(new Finding(
                        MattermostRule.LINE_ORDER.id(),
                        "membership",
                        person.name(),
                        "no channel " + name + " in the package"));
            }
        }
        return channels;
    }

    private void direct(Conversation conversation) throws IOException {
        var members = DirectMembers.of(conversation.place().name());
        line.add("{\"type\":\"direct_channel\",\"direct_channel\":{\"participants\":[");
        String comma = "";
        for (String member : members) {
            line.add(comma).add("{\"username\":").add(json.writeValueAsBytes(member));
            totals.of(Totals.direct(conversation.place().name())).write(line);
            if (guests.contains(member)) {
                line.add(",\"scheme_user\":false,\"scheme_guest\":true");
            }
            line.add("}");
            comma = ",";
        }
        line.add("],\"shown_by\":")
                .add(json.writeValueAsBytes(Set.copyOf(members).size() == 1 ? members.subList(0, 1) : members));
        for (var staged : staged(conversation.slot())) {
            if (staged.tag() == StagedLine.DIRECT && staged.length() > 2) {
                line.add(",").add(staged.bytes(), staged.from() + 1, staged.length() - 2);
            }
        }
        line.add("}}\n").flushTo(out);
    }

    private List<StagedLine> staged(StageSlot slot) throws IOException {
        return slot == null ? List.of() : StagedLine.of(stage.read(slot));
    }

    private void object(String type, StagedLine staged) throws IOException {
        line.add("{\"type\":\"").add(type).add("\",\"").add(type).add("\":");
        line.add(staged.bytes(), staged.from(), staged.length()).add("}\n").flushTo(out);
    }
}
