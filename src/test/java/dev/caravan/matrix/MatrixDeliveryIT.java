package dev.caravan.matrix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static dev.caravan.matrix.MatrixBatches.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What arrives on the homeserver, how fast, and what a fault or a restart makes of it. */
@Tag("long")
class MatrixDeliveryIT extends MatrixSinkAtWork {

    @Test
    void anOrdinaryMemberReadsAuthorsTimesAndOrder() {
        var batches = new MatrixBatches(synapse.url(), "caravan_a_");
        try (var sink = batches.open()) {
            batches.directory(sink);

            batches.send(
                    sink,
                    Kind.MESSAGE,
                    message("U1", 10, "first"),
                    message("U2", 20, "by somebody who is no member"),
                    message("U1", 15, "late, and so behind"));
        }

        var messages = messages(batches);
        assertThat(messages)
                .extracting(event -> event.at("/content/body").asText())
                .containsExactly("first", "by somebody who is no member", "late, and so behind");
        assertThat(messages)
                .extracting(event -> event.path("origin_server_ts").asLong())
                .containsExactly(1_500_000_010_000L, 1_500_000_020_000L, 1_500_000_015_000L);
        assertThat(messages)
                .extracting(event -> event.path("sender").asText())
                .containsExactly(batches.user("anna"), batches.user("bruno"), batches.user("anna"));
        assertThat(members(batches)).contains(batches.user("anna")).doesNotContain(batches.user("bruno"));
    }

    @Test
    void aMessageHasItsThreadEditReactionsPinAndMarkup() {
        var batches = new MatrixBatches(synapse.url(), "caravan_b_");
        var root = message("U1", 10, "**See** [@Bruno](caravan:user/U2)");
        root.put("edited", MatrixBatches.time(30)).put("pinned", true);
        var reactions = root.putArray("reactions");
        reactions.addObject().put("emoji", "+1").putArray("users").add("U1").add("U2");
        reactions.addObject().put("emoji", "thumbsup").putArray("users").add("U1");
        var reply = message("U2", 20, "reply").put("thread", "C1/10").put("threadTime", MatrixBatches.time(10));
        Outcome.Accepted sent;
        try (var sink = batches.open()) {
            batches.directory(sink);
            sent = batches.send(sink, Kind.MESSAGE, root, reply).get(0);
        }

        var messages = messages(batches);
        var first = messages.get(0);
        var bruno = "https://matrix.to/#/%40caravan_b_bruno%3Alocalhost";
        assertThat(first.path("event_id").asText()).isEqualTo(sent.targetId());
        assertThat(first.at("/content/body").asText()).isEqualTo("**See** [@Bruno](" + bruno + ")");
        assertThat(first.at("/content/formatted_body").asText())
                .isEqualTo("<p><strong>See</strong> <a rel=\"nofollow\" href=\"" + bruno + "\">@Bruno</a></p>");
        assertThat(first.at("/content/m.mentions").isEmpty()).isTrue();
        assertThat(first.at("/content/dev.caravan.id").asText()).isEqualTo("C1/10");
        assertThat(first.at("/unsigned/m.relations/m.replace/origin_server_ts").asLong())
                .isEqualTo(1_500_000_030_000L);
        assertThat(first.at("/unsigned/m.relations/m.thread/count").asInt()).isEqualTo(1);
        assertThat(events(batches, "m.reaction"))
                .extracting(event -> event.path("sender").asText()
                        + event.at("/content/m.relates_to/key").asText())
                .containsExactly(batches.user("anna") + "👍", batches.user("bruno") + "👍");
        assertThat(state(batches, "m.room.pinned_events").path("pinned"))
                .extracting(JsonNode::asText)
                .containsExactly(sent.targetId());
    }

    @Test
    void whatChangedAtTheSourceIsReplacedAndOnlyThat() {
        var batches = new MatrixBatches(synapse.url(), "caravan_c_");
        try (var sink = batches.open()) {
            batches.directory(sink);
            var event = batches.send(sink, Kind.MESSAGE, message("U1", 10, "before"), message("U1", 20, "same"));
            var again = batches.batch(Kind.MESSAGE, message("U1", 10, "after"), message("U1", 20, "same"));

            batches.accepted(sink.deliver(replacing(again, event), ""));
            batches.accepted(sink.deliver(replacing(again, event), ""));
        }

        var messages = messages(batches);
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0)
                        .at("/unsigned/m.relations/m.replace/content/m.new_content/body")
                        .asText())
                .isEqualTo("after");
        assertThat(messages.get(1).at("/unsigned/m.relations/m.replace").isMissingNode())
                .isTrue();
        assertThat(all(batches)).filteredOn(event -> isReplacement(event)).hasSize(1);
    }

    @Test
    void aRestartBetweenAcceptAndRetryDoublesNothing() {
        var batches = new MatrixBatches(synapse.url(), "caravan_d_");
        var whole = message("U1", 20, "arrived, and nobody said so");
        whole.putArray("reactions")
                .addObject()
                .put("emoji", "eyes")
                .putArray("users")
                .add("U1");
        var batch = batches.batch(Kind.MESSAGE, message("U1", 10, "one"), whole, message("U1", 30, "never sent"));
        try (var sink = batches.open()) {
            batches.directory(sink);
            batches.accepted(sink.deliver(batch.withItems(batch.items().subList(0, 2)), ""));
        }

        synapse.restart();

        try (var sink = batches.open()) {
            var looked = sink.lookUp(batch, "");
            assertThat(looked.items().get(0).outcome()).isInstanceOf(Outcome.Accepted.class);
            assertThat(looked.items().get(1).outcome()).isInstanceOf(Outcome.Accepted.class);
            assertThat(looked.items().get(2).outcome()).isNull();
            batches.accepted(sink.deliver(batch.withItems(batch.items().subList(2, 3)), ""));
        }
        assertThat(messages(batches))
                .extracting(event -> event.at("/content/dev.caravan.id").asText())
                .containsExactly("C1/10", "C1/20", "C1/30");
        assertThat(events(batches, "m.reaction")).hasSize(1);
    }

    @Test
    void aMessageThatArrivedInPartIsCompletedByTheLookUp() {
        var batches = new MatrixBatches(synapse.url(), "caravan_e_");
        var inPart = batches.batch(Kind.MESSAGE, message("U1", 10, "text"));
        var more = message("U1", 10, "text");
        more.putArray("reactions")
                .addObject()
                .put("emoji", "eyes")
                .putArray("users")
                .add("U2");
        try (var sink = batches.open()) {
            batches.directory(sink);
            batches.accepted(sink.deliver(inPart, ""));

            var found = batches.accepted(sink.lookUp(batches.batch(Kind.MESSAGE, more), ""));

            assertThat(found.get(0).effects()).extracting(Effect::what).containsExactly("event", "event");
        }
        assertThat(messages(batches)).hasSize(1);
        assertThat(events(batches, "m.reaction")).hasSize(1);
    }

    @Test
    void nothingIsSentBehindWhatSurelyDidNotArrive() {
        var batches = new MatrixBatches(synapse.url(), "caravan_f_");
        try (var sink = batches.open()) {
            batches.directory(sink);
            synapse.kill();
            try {
                var answered = sink.deliver(
                        batches.batch(Kind.MESSAGE, message("U1", 10, "one"), message("U1", 20, "two")), "");

                assertThat(answered.items()).extracting(Item::outcome).allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOf(Outcome.Retry.class));
            } finally {
                synapse.run();
            }
            assertThat(messages(batches)).isEmpty();
        }
    }

    @Test
    void aLongTextIsSentInPieces() {
        var batches = new MatrixBatches(synapse.url(), "caravan_g_");
        var text = "骆驼 & <camels>\n".repeat(2_500);
        try (var sink = batches.open()) {
            batches.directory(sink);
            batches.send(sink, Kind.MESSAGE, message("U1", 10, text));
        }

        assertThat(String.join(
                        "",
                        messages(batches).stream()
                                .map(event -> event.at("/content/body").asText())
                                .toList()))
                .isEqualTo(text);
    }

    @Test
    void aPauseStopsAPortionAfterTheCallsUnderWayAndTheRestFollowsInOrder() {
        var batches = new MatrixBatches(synapse.url(), "caravan_k_").with("requestsPerSecond", "40");
        var share = new AtomicReference<>(1.0);
        var hundred = IntStream.range(0, 100)
                .mapToObj(n -> message(n % 2 == 0 ? "U1" : "U2", n, "message " + n))
                .toArray(ObjectNode[]::new);
        try (var sink = batches.open(share::get)) {
            batches.directory(sink);
            var batch = batches.batch(Kind.MESSAGE, hundred);
            var portion = CompletableFuture.supplyAsync(() -> sink.deliver(batch, ""));
            Awaitility.await().until(() -> messages(batches).size() >= 5);

            share.set(0.0);
            var answered = portion.orTimeout(20, TimeUnit.SECONDS).join();

            var sent = messages(batches).size();
            assertThat(sent).isBetween(5, 90);
            assertThat(answered.items().subList(0, sent)).allMatch(item -> item.outcome() instanceof Outcome.Accepted);
            assertThat(answered.items().subList(sent, 100)).allMatch(item -> item.outcome() instanceof Outcome.Retry);
            assertThat(members(batches)).as("whoever is no member").doesNotContain(batches.user("bruno"));

            share.set(1.0);
            batches.accepted(sink.deliver(batch.withItems(batch.items().subList(sent, 100)), ""));
        }
        assertThat(messages(batches))
                .extracting(event -> event.at("/content/body").asText())
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(n -> "message " + n).toList());
    }

    @Test
    void halfTheShareIsHalfTheRate() {
        var batches = new MatrixBatches(synapse.url(), "caravan_l_").with("requestsPerSecond", "20");
        try (var sink = batches.open(() -> 0.5)) {
            batches.directory(sink);
            var began = System.nanoTime();
            batches.send(
                    sink,
                    Kind.MESSAGE,
                    IntStream.range(0, 30)
                            .mapToObj(n -> message("U1", n, "message " + n))
                            .toArray(ObjectNode[]::new));

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(2_700));
        }
    }

    @Test
    void aTokenTheServerDoesNotKnowStopsTheRun() {
        var batches = new MatrixBatches(synapse.url(), "caravan_j_").with("asToken", "another");
        var sink = batches.open();

        assertThatThrownBy(() -> batches.directory(sink))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-454")
                .hasMessageNotContaining("another");
        sink.close();
    }

    private static Batch replacing(Batch batch, List<Outcome.Accepted> sent) {
        var items = new ArrayList<Item>();
        for (int i = 0; i < sent.size(); i++) {
            var item = batch.items().get(i);
            items.add(item.withTarget(item.target().withPresent(sent.get(i).targetId())));
        }
        return batch.withItems(items);
    }

    private JsonNode state(MatrixBatches batches, String type) {
        return synapse.get("/rooms/" + Synapse.encoded(room(batches)) + "/state/" + type, mara);
    }
}
