package dev.caravan.fakechat;

import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.Run;
import dev.caravan.migration.verification.InventoryComparison.Difference;
import dev.caravan.migration.verification.InventoryComparison.What;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** After a rollback the chat is compared with what stood there before the first run. */
@Timeout(120)
class FakeChatInventoryTest {

    private static final int MESSAGES = 60;

    @TempDir
    Path folder;

    private FakeChatProcess chat;
    private ToTheFakeChat road;

    @BeforeEach
    void prepare() {
        chat = FakeChatProcess.start(folder.resolve("chat"));
        road = new ToTheFakeChat(folder, MESSAGES, chat.port());
        add("lobby");
        add("attic");
    }

    @AfterEach
    void stop() {
        chat.close();
    }

    @Test
    void nothingIsDifferentWhereNobodyDidAnything() {
        assertThat(road.migration().run()).isEqualTo(Run.State.COMPLETED);

        var comparison = road.migration().rollback(false).comparison();

        assertThat(comparison.ours()).isEmpty();
        assertThat(comparison.theirs()).isEmpty();
    }

    @Test
    void whatRunsMadeAndIsStillThereIsOursAndWhatOthersDidIsTheirs() {
        assertThat(road.migration().run()).isEqualTo(Run.State.COMPLETED);
        add("cellar");
        ask("PUT", "lobby", channel("lobby", "Hall"));
        ask("DELETE", "attic", null);
        chat.edit(chat.all("messages").get(0), "a person was here");

        var comparison = road.migration().rollback(false).comparison();

        assertThat(comparison.ours()).containsExactly(new Difference("channel", "room0", What.LEFT));
        assertThat(comparison.theirs())
                .containsExactlyInAnyOrder(
                        new Difference("channel", "cellar", What.APPEARED),
                        new Difference("channel", "lobby", What.CHANGED),
                        new Difference("channel", "attic", What.VANISHED));
    }

    @Test
    void whatRunsMadeIsKnownToARollbackThatGoesOn() {
        assertThat(road.migration().run()).isEqualTo(Run.State.COMPLETED);
        chat.edit(chat.all("messages").get(0), "a person was here");
        road.migration().rollback(false);

        var comparison = road.migration().rollback(false).comparison();

        assertThat(comparison.ours()).contains(new Difference("channel", "room0", What.LEFT));
        assertThat(comparison.theirs()).isEmpty();
    }

    @Test
    void aTargetThatCannotBeListedIsMigratedToAndNotComparedWith() {
        chat.faults(Fault.of("dumb", "GET /users", "status").status(403, null).times(1));
        assertThat(road.migration().run()).isEqualTo(Run.State.COMPLETED);
        assertThat(chat.fired("dumb")).isEqualTo(1);

        assertThat(road.migration().rollback(false).comparison()).isNull();
    }

    private void add(String name) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray("items").addAll(List.of(channel(name, name)));
        assertThat(chat.ask("POST", "/channels", body).statusCode()).isEqualTo(200);
    }

    private void ask(String method, String name, JsonNode body) {
        var id = chat.all("channels").stream()
                .filter(channel -> channel.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        assertThat(chat.ask(method, "/channels/" + id, body).statusCode()).isEqualTo(200);
    }

    private static ObjectNode channel(String name, String title) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("source", "none")
                .put("name", name)
                .put("type", "public")
                .put("title", title);
    }
}
