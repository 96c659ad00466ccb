package dev.caravan.connector.agora;

import java.time.Duration;

import dev.caravan.model.Undone;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What was brought is taken back; what people use by now stays with them. */
class AgoraUndoTest extends AgoraSinkAtWork {

    @Test
    void everythingAMigrationBroughtGoesAgain() {
        bringTown();

        assertThat(undo(true)).extracting(Undone::state).containsOnly(Undone.State.REMOVED);
        assertThat(stub.state().path("messages")).isNotEmpty();
        assertThat(undo(false)).extracting(Undone::state).containsOnly(Undone.State.REMOVED);

        var state = stub.state();
        assertThat(state.path("messages")).isEmpty();
        assertThat(state.path("groups")).isEmpty();
        assertThat(state.path("users")).isEmpty();
        assertThat(undo(false)).extracting(Undone::state).containsOnly(Undone.State.GONE);
    }

    @Test
    void theGroupsOfUsersAreAskedForAtARateOfTheirOwn() {
        bringTown();
        undo(true);

        assertThat(town.sink().rates())
                .filteredOn(rate -> rate.group().equals("JOINED_GROUPS"))
                .singleElement()
                .satisfies(rate -> {
                    assertThat(rate.permitted()).isEqualTo(50);
                    assertThat(rate.started()).isPositive();
                });
    }

    @Test
    void whatPeopleChangedSinceStaysAndSoDoesItsOwner() {
        bringTown();
        stub.change("PUT", "/chatgroups/" + group(), "{'groupname':'ours now'}");

        var undone = undo(false);

        assertThat(undone)
                .filteredOn(one -> one.state() == Undone.State.KEPT)
                .extracting(one -> one.effect().what() + " " + one.reason())
                .containsExactly("group changed-since", "user in-use");
        assertThat(stub.state().path("groups").size()).isEqualTo(1);
    }

    @Test
    void withoutTheOperatorsWordGroupsStayWithTheirMembers() {
        town.with("deleteGroups", "false");
        bringTown();

        var undone = undo(false);

        assertThat(undone)
                .filteredOn(one -> one.state() == Undone.State.KEPT)
                .extracting(one -> one.effect().what() + " " + one.reason())
                .containsExactly("member agora-perhaps-used", "group agora-perhaps-used", "user in-use", "user in-use");
        assertThat(stub.state().path("groups").size()).isEqualTo(1);
        assertThat(stub.state().path("messages")).isEmpty();
    }

    @Test
    void aGroupInWhichTheHistoryShowsPeopleStaysWithThem() {
        bringTown();
        stub.change("POST", "/users", "[{'username':'mara'}]");
        stub.change(
                "POST",
                "/messages/chatgroups/import",
                "{'from':'mara','target':'" + group() + "','type':'txt','body':{'msg':'nobody migrated this'}}");
        stub.settings("{'exportByImport':true,'clockAheadHours':3}");
        town.restart(Duration.ofHours(3));

        var undone = undo(false);

        assertThat(undone)
                .filteredOn(one -> one.state() == Undone.State.KEPT)
                .extracting(one -> one.effect().what() + " " + one.reason())
                .containsExactly("member agora-people-wrote", "group agora-people-wrote", "user in-use", "user in-use");
        assertThat(stub.state().path("messages")).hasSize(1);
    }
}
