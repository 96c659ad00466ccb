package dev.caravan.connector.agora;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import dev.caravan.model.Outcome.Accepted;
import dev.caravan.model.Outcome.Retry;
import dev.caravan.model.Outcome.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Answers that are lost or bad, and limits: nothing is doubled, nothing overtakes. */
class AgoraFaultsTest extends AgoraSinkAtWork {

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
    void workingHoursAreThoseOfTheSchedulesTimeZone() {
        var nine = Clock.fixed(Instant.parse("2027-01-04T01:00:00Z"), ZoneOffset.UTC);

        assertThat(new RateShare(0, nine).getAsDouble()).isEqualTo(0.9);
        assertThat(new RateShare(0, nine.withZone(ZoneId.of("Asia/Shanghai"))).getAsDouble())
                .isEqualTo(0.6);
    }
}
