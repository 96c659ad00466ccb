package dev.caravan.matrix;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.LastVerification;
import dev.caravan.TestMigration;
import dev.caravan.ledger.Run;
import dev.caravan.migration.rollback.RollbackResult.Kept;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A small export by the whole road onto a real homeserver: read there as a member, verified, taken back. */
@Tag("long")
class MatrixRoadIT extends SynapseAtWork {

    @TempDir
    Path folder;

    @Test
    void anOrdinaryMemberFindsRoomsPeopleMessagesAndFiles() {
        moved("read_");

        var general = Member.joining(synapse, mara, "caravan_read_general");
        assertThat(general.members()).contains(user("read_", "anna"), user("read_", "bruno"));
        assertThat(general.event(SmallExport.BOLD).at("/content/formatted_body").asText())
                .isEqualTo("<p><strong>bold</strong> words</p>");
        assertThat(general.event(SmallExport.PLAIN).path("sender").asText()).isEqualTo(user("read_", "bruno"));
        assertThat(general.event(SmallExport.PLAIN).path("origin_server_ts").asLong())
                .isEqualTo(1_709_539_201_000L);
        assertThat(general.event(SmallExport.REPLY).at("/content/m.relates_to/event_id"))
                .isEqualTo(general.event(SmallExport.ROOT).path("event_id"));
        var mxc = general.event(SmallExport.WITH_FILE).at("/content/url").asText();
        assertThat(synapse.download(mxc, mara)).asString(StandardCharsets.UTF_8).isEqualTo(SmallExport.FILE);

        var join = synapse.post("/join/" + Synapse.encoded("#caravan_read_board:localhost"), object(), mara);
        assertThat(join.path("errcode").asText()).as("the private room").isEqualTo("M_FORBIDDEN");
        var direct = synapse.get(
                        "/user/" + Synapse.encoded(user("read_", "anna")) + "/account_data/m.direct?user_id="
                                + Synapse.encoded(user("read_", "anna")),
                        null)
                .path(user("read_", "bruno"));
        assertThat(direct).as("Anna's direct rooms with Bruno").hasSize(1);
    }

    @Test
    void everyPlantedDifferenceIsNamedAndNothingElse() {
        var migration = moved("plant_");
        var anna = Member.moved(synapse, user("plant_", "anna"), "caravan_plant_general");
        var bruno = Member.moved(synapse, user("plant_", "bruno"), "caravan_plant_general");

        bruno.redact(bruno.event(SmallExport.PLAIN));
        bruno.redact(reaction(bruno));
        anna.edit(anna.event(SmallExport.BOLD), "other words");
        anna.say("nobody moved this");
        // What is sent again stands at the end: in the order of the export, so that order is no difference.
        var reply = bruno.event(SmallExport.REPLY);
        bruno.redact(reply);
        bruno.send("m.room.message", content(reply).without("m.relates_to"), time(reply));
        var file = anna.event(SmallExport.WITH_FILE);
        anna.redact(file);
        var changed = SmallExport.FILE.replace('t', 'T').getBytes(StandardCharsets.UTF_8);
        anna.send("m.room.message", content(file).put("url", synapse.upload(changed)), time(file));
        var other = bruno.event(SmallExport.OTHER);
        bruno.redact(other);
        anna.send("m.room.message", content(other), time(other));
        var last = bruno.event(SmallExport.LAST);
        bruno.redact(last);
        bruno.send("m.room.message", content(last), time(last) + 5_000);
        var extra = anna.events().stream()
                .filter(event -> event.at("/content/body").asText().equals("nobody moved this"))
                .findFirst()
                .orElseThrow();

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(differences(migration))
                .containsExactlyInAnyOrder(
                        "message " + SmallExport.PLAIN + " missing",
                        "message " + SmallExport.REACTED + " reactions",
                        "message " + SmallExport.BOLD + " text",
                        "message " + SmallExport.REPLY + " thread",
                        "message " + SmallExport.WITH_FILE + " files",
                        "message " + SmallExport.OTHER + " author",
                        "message " + SmallExport.LAST + " time",
                        "message general/" + extra.path("event_id").asText() + " extra");
        try (var ledger = migration.ledger()) {
            assertThat(ledger.runs().account(2).of("message", What.DELIVERED)).isZero();
        }
    }

    @Test
    void ofOrderDuplicatesRoomsPeopleAndMembershipsEachIsNamedAndNothingElse() {
        var migration = moved("named_");
        var anna = Member.moved(synapse, user("named_", "anna"), "caravan_named_general");
        var bruno = Member.moved(synapse, user("named_", "bruno"), "caravan_named_general");
        var board = Member.moved(synapse, user("named_", "bruno"), "caravan_named_board");

        var bold = anna.event(SmallExport.BOLD);
        anna.redact(bold);
        anna.send("m.room.message", content(bold), time(bold));
        var other = bruno.event(SmallExport.OTHER);
        bruno.send("m.room.message", content(other), time(other));
        var plain = bruno.event(SmallExport.PLAIN);
        bruno.redact(plain);
        board.send("m.room.message", content(plain), time(plain));
        synapse.put(
                "/profile/" + Synapse.encoded(user("named_", "anna")) + "/displayname?user_id="
                        + Synapse.encoded(user("named_", "anna")),
                object().put("displayname", "Somebody"),
                null);
        board.leave();
        Member.joining(synapse, mara, "caravan_named_general");

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(differences(migration))
                .containsExactlyInAnyOrder(
                        "message " + SmallExport.BOLD + " order",
                        "message " + SmallExport.OTHER + " duplicate",
                        "message " + SmallExport.PLAIN + " conversation",
                        "user U1 name",
                        "membership board/bruno missing",
                        "membership general/@mara:localhost extra");
    }

    @Test
    void whatPeopleTouchedStaysAndTheRestIsTakenBack() {
        var migration = moved("back_");
        var general = Member.joining(synapse, mara, "caravan_back_general");
        var anna = Member.moved(synapse, user("back_", "anna"), "caravan_back_general");
        anna.edit(anna.event(SmallExport.BOLD), "edited since");
        general.react(general.event(SmallExport.PLAIN));
        general.reply(general.event(SmallExport.LAST));
        var before = ids(general);

        var would = migration.rollback(true);
        assertThat(ids(general)).as("after the dry run").isEqualTo(before);
        var result = migration.rollback(false);

        assertThat(would.kept()).isEqualTo(result.kept());
        assertThat(would.removed()).isEqualTo(result.removed());
        assertThat(result.kept())
                .containsExactlyInAnyOrder(
                        new Kept("event", "matrix-people-answered", 3),
                        new Kept("file", "matrix-file-stays", 1),
                        new Kept("member", "matrix-room-in-use", 2),
                        new Kept("room", "matrix-room-in-use", 1),
                        new Kept("user", "matrix-account-in-use", 2));
        assertThat(general.events())
                .filteredOn(
                        event -> event.at("/content/dev.caravan.piece").asText().equals("text"))
                .extracting(event -> event.at("/content/dev.caravan.id").asText())
                .containsExactly(SmallExport.PLAIN, SmallExport.BOLD, SmallExport.LAST);
    }

    private TestMigration moved(String name) {
        var migration = SmallExport.onto(synapse, folder, "caravan_" + name);
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(differences(migration)).isEmpty();
        try (var ledger = migration.ledger()) {
            assertThat(ledger.runs().account(1).of("message", What.DELIVERED)).isEqualTo(SmallExport.MESSAGES);
        }
        return migration;
    }

    private static List<String> differences(TestMigration migration) {
        return LastVerification.unexplained(migration).stream()
                .map(difference -> difference.kind() + " " + difference.sourceId() + " " + difference.field())
                .toList();
    }

    private static String user(String name, String person) {
        return "@caravan_" + name + person + ":" + Synapse.SERVER;
    }

    private static JsonNode reaction(Member by) {
        return by.events().stream()
                .filter(event -> event.path("type").asText().equals("m.reaction")
                        && event.path("sender").asText().contains("bruno"))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode content(JsonNode event) {
        return event.path("content").deepCopy();
    }

    private static long time(JsonNode event) {
        return event.path("origin_server_ts").asLong();
    }

    private static List<String> ids(Member member) {
        return member.events().stream()
                .filter(event -> !event.path("content").isEmpty())
                .map(event -> event.path("event_id").asText())
                .toList();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
