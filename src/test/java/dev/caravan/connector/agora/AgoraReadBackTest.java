package dev.caravan.connector.agora;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.transport.TargetProbe;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What was brought is read back from the server's history; the probe asks the server itself. */
class AgoraReadBackTest extends AgoraSinkAtWork {

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
    void whatWasImportedBeforeTheHistoryBeginsIsToldByItsTimeAndNotByAProblem() {
        bringTown();
        town.lastSent = Instant.now();

        stub.settings("{'exportByImport':true,'clockAheadHours':69}");
        town.restart(Duration.ofHours(69));
        assertThat(town.sink().readableSince().orElseThrow()).isBefore(town.lastSent);
        assertThat(read(Kind.MESSAGE)).hasSize(2);

        stub.settings("{'exportByImport':true,'clockAheadHours':80}");
        town.restart(Duration.ofHours(80));
        assertThat(town.sink().readableSince().orElseThrow()).isAfter(town.lastSent);
        assertThat(read(Kind.MESSAGE)).isEmpty();
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
}
