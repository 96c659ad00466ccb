package dev.caravan.connector.agora;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.agora.AgoraStubProcess;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Outcome.Accepted;
import dev.caravan.model.Outcome.Refused;
import dev.caravan.model.Outcome.Retry;
import dev.caravan.model.Outcome.Unknown;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.transport.TargetProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The sink against a server that enforces every documented rule. */
class AgoraSinkTest {

    private static final long OLD = 1_700_000_000_000L;
    private static AgoraStubProcess stub;

    private AgoraTown town;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        stub = new AgoraStubProcess();
    }

    @AfterAll
    static void stop() {
        stub.close();
    }

    @BeforeEach
    void reset() {
        stub.reset();
        stub.settings("{'rates':{'import-users':100000,'import-groups':100000,'export':100000}}");
        town = new AgoraTown(stub);
    }

    @AfterEach
    void closeTown() {
        town.close();
    }

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
        town.with("appCertificate", AgoraTown.CERTIFICATE.replace('5', '6'));

        assertThatThrownBy(() -> town.users("anna"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-483")
                .hasMessageNotContaining(AgoraTown.CERTIFICATE.replace('5', '6'));
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

    @Test
    void equalTimesRiseByAMillisecondAlsoAfterARestart() {
        town.users("anna", "bruno");
        var pair = "anna,bruno";

        town.messages(
                town.message(pair, "1", "anna", OLD, "a"),
                town.message(pair, "2", "bruno", OLD, "b"),
                town.message(pair, "3", "anna", OLD, "c"));
        town.restart(Duration.ZERO);
        town.messages(town.message(pair, "4", "bruno", OLD, "d"), town.message(pair, "5", "bruno", OLD + 900, "e"));

        assertThat(times()).containsExactly(OLD, OLD + 1, OLD + 2, OLD + 3, OLD + 900);
        assertThat(sent(0).path("ext").path("caravan").path("id").asText()).isEqualTo("1");
    }

    @Test
    void groupMessagesOlderThanTheirGroupAreShiftedInOrderWithTheirTimeInExt() {
        town.users("anna");
        town.group("C1", "anna");
        long made =
                stub.state().path("groups").elements().next().path("created").asLong();

        town.messages(town.message("C1", "1", "anna", OLD, "a"), town.message("C1", "2", "anna", OLD + 5000, "b"));

        assertThat(times()).containsExactly(made + 1, made + 2);
        assertThat(sent(1).path("ext").path("caravan").path("time").asLong()).isEqualTo(OLD + 5000);
    }

    @Test
    void groupMessagesOlderThanTheirGroupAreDeadLettersWhenNothingElseWasChosen() {
        town.with("groupHistory", "refuse").users("anna");
        town.group("C1", "anna");

        var outcomes = town.messages(town.message("C1", "1", "anna", OLD, "a"));

        assertThat(outcomes).containsExactly(new Refused("agora-group-history", "C1"));
    }

    @Test
    void realTimesAreTakenOnlyWhereAProbeShowsThatTheServerTakesThem() {
        stub.settings("{'groupHistory':'allow'}");
        town.with("groupHistory", "real").users("anna");
        town.group("C1", "anna");

        town.messages(town.message("C1", "1", "anna", OLD, "a"));

        assertThat(times()).containsExactly(OLD);
        assertThat(stub.state().path("users").fieldNames()).toIterable().containsExactly("anna", "keeper");
    }

    @Test
    void realTimesThatTheServerRefusesStopTheRunBeforeAnythingIsSent() {
        town.with("groupHistory", "real").users("anna");
        town.group("C1", "anna");

        assertThatThrownBy(() -> town.messages(town.message("C1", "1", "anna", OLD, "a")))
                .hasMessageContaining("CRV-485");

        assertThat(stub.state().path("messages")).isEmpty();
        assertThat(stub.state().path("groups").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "设", "\"\\\n", "😀"})
    void aLongTextBecomesMessagesWithinTheLimitThatAreTheTextAgain(String letter) {
        town.users("anna", "bruno");
        var text = (letter.repeat(400) + " ").repeat(12_000 / letter.length() / 400);

        assertThat(town.messages(town.message("anna,bruno", "1", "anna", OLD, text)))
                .hasOnlyElementsOfType(Accepted.class);

        var joined = new StringBuilder();
        stub.state()
                .path("messages")
                .forEach(m -> joined.append(m.path("body").path("msg").asText()));
        assertThat(joined.toString()).isEqualTo(text);
        assertThat(stub.state().path("messages").size()).isGreaterThan(1);
    }

    @Test
    void filesAreStoredFirstAndStandBehindTheText() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "content");
        town.with("filesFolder", folder.toString()).users("anna", "bruno");
        var message = town.message("anna,bruno", "1", "anna", OLD, "look");
        message.putArray("files")
                .addObject()
                .put("as", "file")
                .put("id", "F1")
                .put("name", "计划.txt")
                .put("path", "a.txt");

        town.messages(message);

        var body = sent(1).path("body");
        assertThat(sent(1).path("type").asText()).isEqualTo("file");
        assertThat(body.path("filename").asText()).isEqualTo("计划.txt");
        var stored = stub.state().path("files").path(body.path("url").asText().replaceAll(".*/", ""));
        assertThat(stored.path("name").asText()).isEqualTo("计划.txt");
        assertThat(stored.path("sha256").asText())
                .isEqualTo("ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73");
    }

    @Test
    void aFileOutsideTheFolderIsNotRead() {
        town.with("filesFolder", folder.toString()).users("anna", "bruno");
        var message = town.message("anna,bruno", "1", "anna", OLD, "");
        message.putArray("files").addObject().put("id", "F1").put("name", "x").put("path", "../x");

        assertThat(town.messages(message)).containsExactly(new Refused("agora-file-gone", "F1"));
    }

    @Test
    void anImportWhoseAnswerIsLostIsInDoubtAndNothingOvertakesIt() {
        town.users("anna", "bruno");
        stub.faults("[{'path':'POST .*/import','skip':1,'what':'lost'}]");

        var outcomes = town.messages(
                town.message("anna,bruno", "1", "anna", OLD, "a"),
                town.message("anna,bruno", "2", "anna", OLD + 1, "b"),
                town.message("anna,bruno", "3", "anna", OLD + 2, "c"));

        assertThat(outcomes.get(0)).isInstanceOf(Accepted.class);
        assertThat(outcomes.get(1)).isInstanceOf(Unknown.class);
        assertThat(outcomes.get(2)).isInstanceOf(Retry.class);
        assertThat(stub.state().path("messages").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'what':'after','status':500}",
                "{'what':'status','status':503,'error':'','description':''}",
                "{'what':'garbage','body':'<html>log in</html>'}"
            })
    void whatMayHaveArrivedIsInDoubt(String fault) {
        town.users("anna", "bruno");
        stub.faults("[" + fault.replace("{", "{'path':'POST .*/import',") + "]");

        assertThat(town.messages(town.message("anna,bruno", "1", "anna", OLD, "a")))
                .hasOnlyElementsOfType(Unknown.class);
    }

    @Test
    void aServerThatAsksToSlowDownGetsTheRestLater() {
        town.users("anna", "bruno");
        stub.faults("[{'path':'POST .*/import','what':'status','status':429,'error':'reach_limit','retryAfter':'0'}]");
        var message = town.message("anna,bruno", "1", "anna", OLD, "a");

        assertThat(town.messages(message)).hasOnlyElementsOfType(Retry.class);
        assertThat(town.messages(message)).hasOnlyElementsOfType(Accepted.class);
    }

    @Test
    void aMessageOfWhichSomePartsArrivedGoesOnWhereItWas() {
        town.users("anna", "bruno");
        stub.faults(
                "[{'path':'POST .*/import','skip':1,'what':'status','status':429,'error':'reach_limit','retryAfter':'0'}]");
        var message = town.message("anna,bruno", "1", "anna", OLD, "x".repeat(9000));

        assertThat(town.messages(message)).hasOnlyElementsOfType(Retry.class);
        assertThat(town.messages(message)).hasOnlyElementsOfType(Accepted.class);

        var ids = stub.state().path("messages");
        assertThat(ids.size()).isEqualTo(2);
        assertThat(town.effects.get(town.effects.size() - 1).target())
                .contains(
                        ids.get(0).path("msg_id").asText(),
                        ids.get(1).path("msg_id").asText());
    }

    @Test
    void aUsedUpQuotaStopsTheRunButKeepsWhatWasAccepted() {
        town.users("anna", "bruno");
        stub.settings("{'messageQuota':1}");
        var second = town.message("anna,bruno", "2", "anna", OLD + 1, "b");

        var outcomes = town.messages(town.message("anna,bruno", "1", "anna", OLD, "a"), second);

        assertThat(outcomes.get(0)).isInstanceOf(Accepted.class);
        assertThat(outcomes.get(1)).isInstanceOf(Retry.class);
        assertThatThrownBy(() -> town.messages(second)).hasMessageContaining("CRV-482");
    }

    @Test
    void somebodyOutsideAOneToOneConversationDoesNotSpeakInIt() {
        town.users("anna", "bruno", "carla");

        assertThat(town.messages(town.message("anna,bruno", "1", "carla", OLD, "a")))
                .containsExactly(new Refused("agora-author-outside", "carla"));
    }

    @Test
    void theServersLimitsAreNeverReached() {
        stub.settings("{'rates':{'import-users':20}}");
        town.with("importRate", "20").with("rateShare", "0.5").users("anna", "bruno");

        for (int n = 0; n < 25; n++) {
            town.messages(town.message("anna,bruno", "m" + n, "anna", OLD + n, "a"));
        }

        assertThat(stub.state().path("refused")).isEmpty();
        assertThat(stub.state().path("most").path("import-users").asInt()).isBetween(1, 11);
    }

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
    void whatWasBroughtIsReadBackAndWhatIsNotOursIsLeftOut() {
        bringTown();
        stub.change("POST", "/users", "[{'username':'stranger'}]");
        stub.settings("{'exportByImport':true,'clockAheadHours':3}");
        town.restart(Duration.ofHours(3));

        assertThat(read(Kind.USER))
                .extracting(one -> one.path("username").asText())
                .containsExactly("anna", "bruno");
        assertThat(read(Kind.CHANNEL))
                .extracting(one -> one.path("caravan").path("channel").asText())
                .containsExactly("C1", "anna,bruno");
        assertThat(read(Kind.MEMBERSHIP))
                .extracting(one -> one.path("user").asText())
                .containsExactly("anna", "bruno");
        assertThat(read(Kind.MESSAGE))
                .extracting(one -> one.path("caravan").path("channel").asText() + " "
                        + one.path("parts").size())
                .containsExactly("C1 1", "anna,bruno 2");
        assertThat(read(Kind.MESSAGE, Lane.of("direct/anna,bruno"))).hasSize(1);
        assertThat(read(Kind.MESSAGE, Lane.of("nowhere"))).isEmpty();
    }

    @Test
    void inChinaTheHoursOfTheHistoryGoByBeijingTime() {
        bringTown();
        stub.settings("{'exportByImport':true,'clockAheadHours':3,'hoursOf':'Asia/Shanghai'}");

        town.restart(Duration.ofHours(3));
        assertThatThrownBy(() -> read(Kind.MESSAGE)).hasMessageContaining("CRV-487");

        town.with("historyTimeZone", "Asia/Shanghai").restart(Duration.ofHours(3));
        assertThat(read(Kind.MESSAGE)).hasSize(2);
        assertThat(AgoraSettings.of(Map.of(
                                "restUrl", "https://a1.easemob.com/org/app",
                                "groupOwner", "keeper",
                                "clientId", "id",
                                "clientSecret", "secret"))
                        .historyZone())
                .isEqualTo(ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void whatWasImportedTooLatelyToStandInTheHistoryIsSaidAndNotTakenForMissing() {
        bringTown();
        stub.settings("{'exportByImport':true}");
        town.lastSent = Instant.now();
        town.restart(Duration.ZERO);

        assertThatThrownBy(() -> read(Kind.MESSAGE)).hasMessageContaining("CRV-495");

        stub.settings("{'exportByImport':true,'clockAheadHours':3}");
        town.restart(Duration.ofHours(3));
        assertThat(read(Kind.MESSAGE)).hasSize(2);
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

    @Test
    void workingHoursAreThoseOfTheSchedulesTimeZone() {
        var nine = Clock.fixed(Instant.parse("2027-01-04T01:00:00Z"), ZoneOffset.UTC);

        assertThat(new RateShare(0, nine).getAsDouble()).isEqualTo(0.9);
        assertThat(new RateShare(0, nine.withZone(ZoneId.of("Asia/Shanghai"))).getAsDouble())
                .isEqualTo(0.6);
    }

    @Test
    void aHistoryThatIsNotStoredIsSaidAndNotTakenForAnEmptyOne() {
        bringTown();

        assertThatThrownBy(() -> read(Kind.MESSAGE)).hasMessageContaining("CRV-487");
    }

    @Test
    void theProbeTriesWhatIsNotDocumentedAndLeavesNothing() {
        try (var probe = new AgoraProbe(town.properties)) {
            var result = probe.probe();

            assertThat(result.left()).isEmpty();
            assertThat(result.found()).extracting(TargetProbe.Found::rule).doesNotHaveDuplicates();
            for (var rule : ServerRule.values()) {
                assertThat(result.found().stream().anyMatch(one -> one.rule().equals(rule.id())))
                        .as(rule.id())
                        .isEqualTo(rule.tried());
            }
            assertThat(result.found())
                    .filteredOn(one -> one.rule().equals(ServerRule.GROUP_HISTORY.id()))
                    .extracting(TargetProbe.Found::holds)
                    .containsExactly(false);
        }
        assertThat(stub.state().path("users")).isEmpty();
        assertThat(stub.state().path("groups")).isEmpty();
    }

    private void bringTown() {
        town.users("anna", "bruno");
        town.group("C1", "anna");
        town.members("C1", "bruno");
        town.messages(town.message("C1", "1", "anna", OLD, "a"));
        town.messages(town.message("anna,bruno", "2", "anna", OLD, "x".repeat(6000)));
    }

    private String group() {
        return stub.state().path("groups").fieldNames().next();
    }

    private List<Undone> undo(boolean dryRun) {
        List<Effect> latestFirst = new ArrayList<>(town.effects);
        Collections.reverse(latestFirst);
        return town.sink().undo(new Undo(latestFirst, dryRun));
    }

    private List<ObjectNode> read(Kind kind) {
        return read(kind, Lane.WHOLE);
    }

    private List<ObjectNode> read(Kind kind, Lane lane) {
        var records = new ArrayList<ObjectNode>();
        try (var reader = town.sink().read(new ReadRequest(kind, lane, null))) {
            reader.forEachRemaining(batch -> batch.items().forEach(item -> records.add((ObjectNode) item.source())));
        }
        return records;
    }

    private static JsonNode sent(int index) {
        return stub.state().path("messages").path(index);
    }

    private static List<Long> times() {
        var times = new ArrayList<Long>();
        stub.state()
                .path("messages")
                .forEach(message -> times.add(message.path("shownAt").asLong()));
        return times;
    }
}
