package dev.caravan.connector.agora;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.caravan.agora.AgoraStub;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Outcome.Accepted;
import dev.caravan.model.Outcome.Refused;
import dev.caravan.model.Outcome.Retry;
import dev.caravan.model.Outcome.Unknown;
import dev.caravan.model.Problem;
import dev.caravan.model.Undone;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Accounts, groups and memberships, and who the sink itself signs in as. */
class AgoraPeopleTest extends AgoraSinkAtWork {

    @Test
    void peopleGetAResultEachAndAttributesOfTheirOwn() {
        var names = IntStream.range(0, 60).mapToObj(n -> "u" + n).toArray(String[]::new);
        names[7] = "Not Legal";

        var outcomes = town.users(names);

        assertThat(outcomes).filteredOn(Accepted.class::isInstance).hasSize(59);
        assertThat(outcomes.get(7)).isInstanceOf(Refused.class);
        assertThat(stub.state().path("users").fieldNames())
                .toIterable()
                .hasSize(60)
                .contains("keeper");
        assertThat(stub.state().path("attributes").path("u59").path("nickname").asText())
                .isEqualTo("The u59");
    }

    @Test
    void whoIsThereAlreadyKeepsTheirNameAndIsNotOursToRemove() {
        town.users("anna");
        town.effects.clear();
        town.restart(Duration.ZERO);

        assertThat(town.users("anna")).containsExactly(new Accepted("anna", null));

        assertThat(town.effects).isEmpty();
    }

    @Test
    void aRegistrationWhoseAnswerIsLostLeavesThePersonOnceAndOurs() {
        stub.faults("[{'path':'POST /org/app/users','what':'lost'}]");

        town.users("anna");

        assertThat(stub.state().path("users").has("anna")).isTrue();
        assertThat(stub.state().path("attributes").path("anna").path("nickname").asText())
                .isEqualTo("The anna");
        assertThat(town.effects).extracting(Effect::target).containsExactly("anna", "keeper");
        assertThat(undo(false)).extracting(Undone::state).containsOnly(Undone.State.REMOVED);
    }

    @Test
    void whoWasThereBeforeARegistrationWhoseAnswerIsLostIsNotOurs() throws InterruptedException {
        stub.change("POST", "/users", "[{'username':'anna'}]");
        // the times of the server tell, to as much as an answer takes
        Thread.sleep(300);
        stub.faults("[{'path':'POST /org/app/users','what':'lost'}]");

        town.users("anna", "bruno");

        assertThat(town.effects).extracting(Effect::target).containsExactly("bruno", "keeper");
    }

    @Test
    void aRegistrationThatIsAnsweredOnlyWhenItIsSentAgainLaterIsOurs() {
        stub.faults("[{'path':'POST /org/app/users','times':6,'what':'after','status':503}]");
        assertThat(town.users("anna")).hasOnlyElementsOfType(Retry.class);

        assertThat(town.users("anna")).hasOnlyElementsOfType(Accepted.class);

        assertThat(town.effects).extracting(Effect::target).containsExactly("anna", "keeper");
    }

    @Test
    void easemobGivesATokenForClientCredentialsAndWantsPasswords() {
        stub.settings("{'passwords':true}");
        town.with("clientId", "YXA6client").with("clientSecret", "YXA6secret");

        assertThat(town.users("anna")).hasOnlyElementsOfType(Accepted.class);

        assertThat(stub.state().path("tokens").asInt()).isEqualTo(1);
    }

    @Test
    void aTokenThatIsNoLongerTakenIsRenewedOnce() {
        town.with("clientId", "YXA6client").with("clientSecret", "YXA6secret");
        town.users("anna");
        stub.expireTokens();

        assertThat(town.users("bruno")).hasOnlyElementsOfType(Accepted.class);

        assertThat(stub.state().path("tokens").asInt()).isEqualTo(2);
    }

    @Test
    void aWrongCertificateStopsTheRun() {
        town.with("appCertificate", AgoraStub.CERTIFICATE.replace('5', '6'));

        assertThatThrownBy(() -> town.users("anna"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-483")
                .hasMessageNotContaining(AgoraStub.CERTIFICATE.replace('5', '6'));
    }

    @Test
    void aGroupCarriesItsSourceIdAndIsFoundByItWhenTheAnswerWasLost() {
        town.users("anna");
        stub.faults("[{'path':'POST /org/app/chatgroups','what':'lost'}]");
        var items = List.of(town.groupItem("C1", "anna"), town.groupItem("C2", "anna"));

        var first = town.send(Kind.CHANNEL, items);
        assertThat(first.get(0)).isInstanceOf(Unknown.class);
        assertThat(first.get(1)).isInstanceOf(Retry.class);
        var found = town.sink().lookUp(Batch.read(Kind.CHANNEL, Lane.WHOLE, null, null, items, List.of()));

        assertThat(found.items().get(0).outcome()).isInstanceOf(Accepted.class);
        assertThat(found.items().get(1).outcome()).isNull();
        assertThat(stub.state().path("groups").size()).isEqualTo(1);
    }

    @Test
    void whoIsAMemberAlreadyDoesNotKeepTheOthersOut() {
        town.users("anna", "bruno", "carla");
        town.group("C1", "anna");
        town.members("C1", "bruno");

        var outcomes = town.members("C1", "anna", "bruno", "carla", "nobody");

        assertThat(outcomes.subList(0, 3)).hasOnlyElementsOfType(Accepted.class);
        assertThat(outcomes.get(3)).isInstanceOf(Refused.class);
        assertThat(town.effects.stream().filter(e -> e.what().equals("member"))).hasSize(2);
    }

    @Test
    void aGroupThatIsFullTakesNobodyMoreAndSaysSo() {
        town.with("groupMaxUsers", "2").users("anna", "bruno", "carla");
        town.group("C1", "anna");

        var outcomes = town.members("C1", "bruno", "carla");

        assertThat(outcomes.get(0)).isInstanceOf(Accepted.class);
        assertThat(outcomes.get(1)).isEqualTo(new Refused("agora-group-full", "403 exceed-limit"));
    }
}
