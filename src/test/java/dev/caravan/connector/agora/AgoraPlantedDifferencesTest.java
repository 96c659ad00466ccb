package dev.caravan.connector.agora;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.caravan.TestMigration;
import dev.caravan.agora.AgoraStubAtWork;
import dev.caravan.connector.slack.ExportZip;
import dev.caravan.ledger.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.caravan.LastVerification.differences;
import static dev.caravan.LastVerification.summary;
import static org.assertj.core.api.Assertions.assertThat;

/** The server is spoiled in several places; verification names each of them by id and field, and nothing else. */
class AgoraPlantedDifferencesTest extends AgoraStubAtWork {

    private static final String USERS = "[{\"id\":\"U1\",\"name\":\"ada\",\"profile\":{\"display_name\":\"Ada\"}},"
            + "{\"id\":\"U2\",\"name\":\"bob\",\"profile\":{\"display_name\":\"Bob\"}},"
            + "{\"id\":\"U3\",\"name\":\"eve\",\"profile\":{\"display_name\":\"Eve\"}},"
            + "{\"id\":\"U4\",\"name\":\"gil\",\"profile\":{\"display_name\":\"Gil\"}}]";
    private static final String CHANNELS =
            "[{\"id\":\"C1\",\"name\":\"general\",\"creator\":\"U1\",\"members\":[\"U1\",\"U2\"]},"
                    + "{\"id\":\"C2\",\"name\":\"random\",\"creator\":\"U1\",\"members\":[\"U1\",\"U2\"]},"
                    + "{\"id\":\"C3\",\"name\":\"empty\",\"creator\":\"U1\",\"members\":[\"U1\"]}]";
    private static final String BOLD = id(14);

    @TempDir
    Path folder;

    private TestMigration migration;

    @BeforeEach
    void migrateOnce() throws IOException {
        stub.unlimited();
        // As if the hour were long over.
        stub.settings("{'exportByImport':true,'clockAheadHours':3}");
        migration = migration();
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(differences(migration)).isEmpty();
        assertThat(summary(migration)).contains("\"verdict\":\"equal-by-rule\"", "agora-plain-text");
    }

    @Test
    void eachChangedMessageIsNamedAndNothingElse() {
        var random = group("random");
        stub.plant(("[{'message':'%s','what':'remove'},"
                        + "{'message':'%s','what':'copy','set':{'/ext/caravan/id':'C1/never'}},"
                        + "{'message':'%s','what':'change','set':{'/body/msg':'something else'}},"
                        + "{'message':'%s','what':'change','set':{'shown':7000}},"
                        + "{'message':'%s','what':'change','set':{'/from':'%s'}},"
                        + "{'message':'%s','what':'change','set':{'/ext/caravan/thread':'%s'}},"
                        + "{'message':'%s','what':'change','set':{'/ext/caravan/reactions':[{'emoji':'tada','users':['%s']}]}},"
                        + "{'message':'%s','what':'change','set':{'/target':'%s'}},"
                        + "{'message':'%s','what':'double'},"
                        + "{'file':'plan.txt'},"
                        + "{'message':'%s','what':'change','set':{'/body/msg':'other words'}}]")
                .formatted(
                        id(3),
                        id(4),
                        id(5),
                        id(6),
                        id(7),
                        person("Bob"),
                        id(9),
                        id(2),
                        id(10),
                        person("Ada"),
                        id(11),
                        random,
                        id(12),
                        BOLD));

        assertThat(found())
                .containsExactlyInAnyOrder(
                        id(3) + " missing",
                        "C1/never extra",
                        id(5) + " text",
                        id(6) + " time",
                        id(7) + " author",
                        id(9) + " thread",
                        id(10) + " reactions",
                        id(11) + " conversation",
                        id(12) + " duplicate",
                        id(13) + " files",
                        BOLD + " text");
    }

    @Test
    void aMessageOutOfItsPlaceIsNamedAsOrder() {
        stub.plant("[{'message':'%s','what':'last'}]".formatted(id(5)));

        assertThat(found()).containsExactly(id(5) + " order");
    }

    @Test
    void aFileThatIsGoneIsNamed() {
        stub.plant("[{'message':'%s','part':2,'what':'change','set':{'/body/url':'%s/chatfiles/gone'}}]"
                .formatted(id(13), stub.url()));

        assertThat(found()).containsExactly(id(13) + " files");
    }

    @Test
    void peopleConversationsAndMembershipsAreNamed() {
        var ada = person("Ada");
        var bob = person("Bob");
        var eve = person("Eve");
        stub.plant("[{'person':'%s','nickname':'Somebody'}]".formatted(eve));
        stub.change("DELETE", "/users/" + person("Gil"), "{}");
        stub.change("DELETE", "/chatgroups/" + group("general") + "/users/" + bob, "{}");
        stub.change("POST", "/chatgroups/" + group("random") + "/users", "{'usernames':['" + eve + "']}");
        stub.change("DELETE", "/chatgroups/" + group("empty"), "{}");

        assertThat(found())
                .containsExactlyInAnyOrder(
                        "U3 name",
                        "U4 missing",
                        "general/" + bob + " missing",
                        "random/" + eve + " extra",
                        "C3 missing",
                        "empty/" + ada + " missing");
    }

    private static String person(String nickname) {
        var all = stub.state().path("attributes");
        for (var name : (Iterable<String>) all::fieldNames) {
            if (all.path(name).path("nickname").asText().equals(nickname)) {
                return name;
            }
        }
        throw new IllegalArgumentException(nickname);
    }

    private static String group(String name) {
        var all = stub.state().path("groups");
        for (var group : (Iterable<String>) all::fieldNames) {
            if (all.path(group).path("groupname").asText().equals(name)) {
                return group;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private List<String> found() {
        migration.run();
        assertThat(summary(migration)).contains("\"verdict\":\"different\"");
        return differences(migration);
    }

    private TestMigration migration() throws IOException {
        Files.createDirectories(folder.resolve("files/F1"));
        Files.writeString(folder.resolve("files/F1/plan.txt"), "north, then east");
        return new TestMigration(folder)
                .with(stub.sinkSettings())
                .with("caravan.source.path", export().toString())
                .with("caravan.source.files-folder", folder.resolve("files").toString())
                .with("caravan.sink.shift-accepted", "100")
                .with("caravan.sink.files-folder", folder.resolve("files").toString());
    }

    private static String id(int n) {
        return "C1/17000000%02d.000100".formatted(n);
    }

    private Path export() {
        var messages = new ArrayList<String>();
        for (int n = 1; n <= 15; n++) {
            var more =
                    switch (n) {
                        case 8, 9 -> ",\"thread_ts\":\"1700000001.000100\"";
                        case 10 -> ",\"reactions\":[{\"name\":\"wave\",\"users\":[\"U1\",\"U2\"]}]";
                        case 13 -> ",\"files\":[{\"id\":\"F1\",\"name\":\"plan.txt\"}]";
                        default -> "";
                    };
            var text = n == 14 ? "*bold* words" : "Message " + n;
            messages.add("{\"type\":\"message\",\"user\":\"U1\",\"text\":\"%s\",\"ts\":\"17000000%02d.000100\"%s}"
                    .formatted(text, n, more));
        }
        return new ExportZip()
                .with("users.json", USERS)
                .with("channels.json", CHANNELS)
                .with("general/2023-11-14.json", "[" + String.join(",", messages) + "]")
                .write(folder, "export.zip");
    }
}
