package dev.caravan.connector.agora;

import java.time.Duration;

import dev.caravan.model.Undone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A history that cannot be read is not one in which nobody has written. */
class AgoraUndoHistoryTest extends AgoraSinkAtWork {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'path':'GET .*/chatmessages/.*','times':6,'what':'status','status':503}",
                "{'path':'GET .*/chatmessages/.*','what':'status','status':403,'error':'forbidden_op'}",
                "{'path':'GET .*/chatmessages/.*','what':'garbage','body':'{}'}",
                "{'path':'GET /export/.*','times':6,'what':'status','status':403}",
                "{'path':'GET /export/.*','what':'garbage','body':'no such file'}"
            })
    void aGroupStaysUntilTheHistoryCanBeReadAndThenForWhatItShows(String fault) {
        bringTown();
        peopleWrite();
        stub.faults("[" + fault + "]");

        assertThat(undo(false))
                .filteredOn(one -> !one.effect().what().equals("message"))
                .extracting(Undone::state)
                .containsOnly(Undone.State.RETRY);
        assertThat(stub.state().path("groups").size()).isEqualTo(1);

        assertThat(undo(false))
                .filteredOn(one -> one.state() == Undone.State.KEPT)
                .extracting(one -> one.effect().what() + " " + one.reason())
                .contains("member agora-people-wrote", "group agora-people-wrote");
        assertThat(stub.state().path("groups").size()).isEqualTo(1);
    }

    @Test
    void whatARejectedTokenStopsIsWrittenDownAsFarAsItWent() {
        bringTown();
        peopleWrite();
        stub.faults(
                "[{'path':'GET .*/chatmessages/.*','times':2,'what':'status','status':401,'error':'unauthorized'}]");

        assertThat(undo(false))
                .extracting(one -> one.effect().what() + " " + one.state())
                .startsWith("message REMOVED", "message REMOVED", "member RETRY", "group RETRY");
        assertThat(stub.state().path("groups").size()).isEqualTo(1);
    }

    private void peopleWrite() {
        stub.change("POST", "/users", "[{'username':'mara'}]");
        stub.change(
                "POST",
                "/messages/chatgroups/import",
                "{'from':'mara','target':'" + group() + "','type':'txt','body':{'msg':'nobody migrated this'}}");
        stub.settings("{'exportByImport':true,'clockAheadHours':3}");
        town.restart(Duration.ofHours(3));
    }
}
