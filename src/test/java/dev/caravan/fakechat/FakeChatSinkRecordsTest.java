package dev.caravan.fakechat;

import java.util.List;
import java.util.stream.IntStream;

import dev.caravan.model.Effect;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Outcome;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of records when nothing is in the way: taken, refused, edited, undone, read again. */
class FakeChatSinkRecordsTest extends FakeChatSinkAtWork {

    @Test
    void whatIsTakenHasAnIdAndAnEffect() {
        var outcome = messages("1").get(0);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Accepted.class, there -> {
            assertThat(there.targetId()).startsWith("m");
            assertThat(there.effects()).containsExactly(new Effect("messages", there.targetId(), "1"));
        });
        assertThat(sources()).containsExactly("1");
    }

    @Test
    void anUnknownAuthorIsRefused() {
        assertThat(deliver(Kind.MESSAGE, "{'source': '1', 'channel': 'lobby', 'author': 'nobody'}"))
                .containsExactly(new Outcome.Refused("unknown-user", "not taken"));
    }

    @Test
    void aReplyNamesItsRootAlsoWhenBothComeInOneBatch() {
        roots.put("L/0/100", "m0");

        var outcomes = deliver(
                Kind.MESSAGE,
                "{'source': '1', 'channel': 'lobby', 'author': 'ann'}",
                "{'source': '2', 'channel': 'lobby', 'author': 'ann', 'thread': {'conversation': 'L', 'id': '1', 'time': 101}}",
                "{'source': '3', 'channel': 'lobby', 'author': 'ann', 'thread': {'conversation': 'L', 'id': '0', 'time': 100}}",
                "{'source': '4', 'channel': 'lobby', 'author': 'ann', 'thread': {'conversation': 'L', 'id': '9', 'time': 109}}");

        assertThat(outcomes.get(3)).isEqualTo(new Outcome.Refused("unknown-root", "9"));
        assertThat(there())
                .extracting(item -> item.source().path("thread").asText("none"))
                .containsExactly("none", ((Outcome.Accepted) outcomes.get(0)).targetId(), "m0");
    }

    @Test
    void anEditReplacesWhatIsThere() {
        var id = ((Outcome.Accepted) messages("1").get(0)).targetId();
        var edit = item("{'source': '1', 'channel': 'lobby', 'author': 'ann', 'text': 'better'}");

        var outcomes = sink.deliver(
                batch(Kind.MESSAGE, List.of(edit.withTarget(edit.target().withPresent(id)))));

        assertThat(outcomes.items().get(0).outcome())
                .isEqualTo(new Outcome.Accepted(id, null, List.of(new Effect("messages", id, "2"))));
        assertThat(there().get(0).source().path("text").asText()).isEqualTo("better");
    }

    @Test
    void undoneIsWhatNobodyChanged() {
        var outcomes = messages("1", "2");
        var first = ((Outcome.Accepted) outcomes.get(0)).effects().get(0);
        var second = ((Outcome.Accepted) outcomes.get(1)).effects().get(0);
        var edit = item("{'source': '2', 'channel': 'lobby', 'author': 'ann', 'text': 'by a person'}");
        sink.deliver(batch(Kind.MESSAGE, List.of(edit.withTarget(edit.target().withPresent(second.target())))));

        assertThat(sink.undo(new Undo(List.of(second, first), true)))
                .containsExactly(
                        new Undone(second, Undone.State.KEPT, "changed-since"),
                        new Undone(first, Undone.State.REMOVED, null));
        assertThat(sources()).containsExactly("1", "2");

        sink.undo(new Undo(List.of(second, first), false));
        assertThat(sources()).containsExactly("2");
        assertThat(sink.undo(new Undo(List.of(first), false)))
                .containsExactly(new Undone(first, Undone.State.GONE, null));
        chat.faults(Fault.of("f", "GET /messages", "status").status(503, null));
        assertThat(sink.undo(new Undo(List.of(second), false)).get(0).state()).isEqualTo(Undone.State.RETRY);
    }

    @Test
    void readingGoesOnAfterAPosition() {
        for (int from = 0; from < 600; from += 60) {
            messages(
                    IntStream.range(from, from + 60).mapToObj(Integer::toString).toArray(String[]::new));
        }
        var reader = sink.read(new ReadRequest(Kind.MESSAGE, Lane.WHOLE, null));
        var first = reader.next();
        var again = sink.read(new ReadRequest(Kind.MESSAGE, Lane.WHOLE, first.position()));

        assertThat(first.items()).hasSize(500);
        assertThat(again.next().items())
                .extracting(item -> item.source().path("source").asText())
                .containsExactlyElementsOf(
                        IntStream.range(500, 600).mapToObj(Integer::toString).toList());
        assertThat(again.hasNext()).isFalse();
    }
}
