package dev.caravan.matrix;

import java.util.ArrayList;
import java.util.Collections;

import dev.caravan.model.Effect;
import dev.caravan.model.Kind;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static dev.caravan.matrix.MatrixBatches.message;
import static dev.caravan.matrix.MatrixBatches.states;
import static org.assertj.core.api.Assertions.assertThat;

/** What was brought to the homeserver is taken back; what people answered or use by now stays. */
@Tag("long")
class MatrixUndoIT extends MatrixSinkAtWork {

    @Test
    void everythingIsTakenBack() {
        var batches = new MatrixBatches(synapse.url(), "caravan_h_");
        var effects = new ArrayList<Effect>();
        var pinned = message("U1", 10, "one").put("pinned", true);
        try (var sink = batches.open()) {
            batches.directory(sink).forEach(accepted -> effects.addAll(accepted.effects()));
            batches.send(sink, Kind.MESSAGE, pinned, message("U2", 20, "two"))
                    .forEach(accepted -> effects.addAll(accepted.effects()));
            Collections.reverse(effects);

            assertThat(states(sink.undo(new Undo(effects, true)))).containsOnly(Undone.State.REMOVED);
            assertThat(messages(batches)).hasSize(2);
            synapse.post("/rooms/" + Synapse.encoded(room(batches)) + "/leave", JSON.createObjectNode(), mara);
            assertThat(states(sink.undo(new Undo(effects, false)))).containsOnly(Undone.State.REMOVED);
        }

        assertThat(synapse.get("/directory/room/" + Synapse.encoded("#" + batches.alias() + ":localhost"), mara)
                        .path("errcode")
                        .asText())
                .isEqualTo("M_NOT_FOUND");
    }

    @Test
    void whatPeopleAnsweredSinceStays() {
        var batches = new MatrixBatches(synapse.url(), "caravan_i_");
        var effects = new ArrayList<Effect>();
        try (var sink = batches.open()) {
            batches.directory(sink).forEach(accepted -> effects.addAll(accepted.effects()));
            var sent = batches.send(sink, Kind.MESSAGE, message("U1", 10, "one"), message("U1", 20, "two"));
            sent.forEach(accepted -> effects.addAll(accepted.effects()));
            Collections.reverse(effects);
            react(batches, sent.get(0).targetId());

            var undone = sink.undo(new Undo(effects, false));

            assertThat(undone)
                    .extracting(one -> one.effect().what() + " " + one.state() + " " + one.reason())
                    .containsExactly(
                            "event REMOVED null",
                            "event KEPT matrix-people-answered",
                            "member KEPT matrix-room-in-use",
                            "room KEPT matrix-room-in-use",
                            "user REMOVED null",
                            "user KEPT matrix-account-in-use");
        }
        assertThat(messages(batches))
                .extracting(event -> event.at("/content/body").asText())
                .contains("one");
    }

    @Test
    void whatAPlainReplyQuotesAndWhatWasReactedToLongAgoStays() {
        var batches = new MatrixBatches(synapse.url(), "caravan_m_");
        try (var sink = batches.open()) {
            batches.directory(sink);
            var sent = batches.send(
                    sink,
                    Kind.MESSAGE,
                    message("U1", 10, "quoted"),
                    message("U1", 20, "reacted to"),
                    message("U1", 30, "nothing"));
            var reply = JSON.createObjectNode().put("msgtype", "m.text").put("body", "so it is");
            reply.putObject("m.relates_to")
                    .putObject("m.in_reply_to")
                    .put("event_id", sent.get(0).targetId());
            synapse.put(path(batches) + "/send/m.room.message/reply", reply, mara);
            react(batches, sent.get(1).targetId());
            for (int n = 0; n < 101; n++) {
                var ours = JSON.createObjectNode().put("dev.caravan.id", "C1/20");
                ours.putObject("m.relates_to")
                        .put("rel_type", "m.annotation")
                        .put("event_id", sent.get(1).targetId())
                        .put("key", "k" + n);
                synapse.put(
                        path(batches) + "/send/m.reaction/ours" + n + "?user_id="
                                + Synapse.encoded(batches.user("anna")),
                        ours,
                        null);
            }

            var undone = sink.undo(new Undo(
                    sent.stream().flatMap(one -> one.effects().stream()).toList(), true));

            assertThat(undone)
                    .extracting(one -> one.state() + " " + one.reason())
                    .containsExactly("KEPT matrix-people-answered", "KEPT matrix-people-answered", "REMOVED null");
        }
    }

    @Test
    void anAccountThatWasThereBeforeIsNotOursAndOneSomebodySignedInToStays() {
        var batches = new MatrixBatches(synapse.url(), "caravan_n_");
        var account = JSON.createObjectNode().put("type", "m.login.application_service");
        synapse.post("/register", account.deepCopy().put("username", "caravan_n_anna"), null);
        var login = account.deepCopy();
        login.putObject("identifier").put("type", "m.id.user").put("user", "caravan_n_bruno");
        var effects = new ArrayList<Effect>();
        try (var sink = batches.open()) {
            batches.directory(sink).forEach(accepted -> effects.addAll(accepted.effects()));
            assertThat(effects)
                    .filteredOn(effect -> effect.what().equals("user"))
                    .extracting(Effect::target)
                    .containsExactly(batches.user("bruno"));
            synapse.post("/login", login, null);
            Collections.reverse(effects);

            assertThat(sink.undo(new Undo(effects, false)))
                    .filteredOn(one -> one.effect().what().equals("user"))
                    .extracting(one -> one.state() + " " + one.reason())
                    .containsExactly("KEPT matrix-account-in-use");
        }
        assertThat(synapse.get("/profile/" + Synapse.encoded(batches.user("anna")), mara)
                        .path("displayname")
                        .asText())
                .isEqualTo("caravan_n_anna");
    }

    private void react(MatrixBatches batches, String event) {
        var reaction = JSON.createObjectNode();
        reaction.putObject("m.relates_to")
                .put("rel_type", "m.annotation")
                .put("event_id", event)
                .put("key", "🐪");
        synapse.put("/rooms/" + Synapse.encoded(room(batches)) + "/send/m.reaction/mine", reaction, mara);
    }
}
