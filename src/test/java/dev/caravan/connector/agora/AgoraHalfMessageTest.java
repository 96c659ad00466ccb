package dev.caravan.connector.agora;

import java.util.List;

import dev.caravan.model.Outcome;
import dev.caravan.model.Outcome.Refused;
import dev.caravan.model.Outcome.Unknown;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A message of several parts of which a later one is refused: a replay of it must not double the first ones. */
class AgoraHalfMessageTest extends AgoraSinkAtWork {

    private static final String THIRD_IS_REFUSED =
            "{'path':'POST .*/import','skip':2,'what':'status','status':400,'error':'illegal_argument'}";

    @BeforeEach
    void people() {
        town.users("anna", "bruno");
    }

    @Test
    void isRefusedWhereNothingOfItIsLeft() {
        assertThat(send("[" + THIRD_IS_REFUSED + "]")).hasOnlyElementsOfType(Refused.class);
        assertThat(stub.state().path("messages")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'times':6,'what':'status','status':503",
                "'times':6,'what':'cut'",
                "'what':'status','status':403,'error':'forbidden_op'",
                "'times':2,'what':'status','status':401,'error':'unauthorized'"
            })
    void isInDoubtWhereNobodyKnowsThatAllOfItIsGone(String fault) {
        var outcomes = send("[" + THIRD_IS_REFUSED + ",{'path':'POST .*/msg_recall'," + fault + "}]");

        assertThat(outcomes).hasOnlyElementsOfType(Unknown.class);
        assertThat(stub.state().path("messages")).hasSize(2);
    }

    @Test
    void isInDoubtWhereOnlyItsBeginningIsLeft() {
        var second = "{'path':'POST .*/msg_recall','skip':1,'times':6,'what':'status','status':503}";

        assertThat(send("[" + THIRD_IS_REFUSED + "," + second + "]")).hasOnlyElementsOfType(Unknown.class);
        assertThat(stub.state().path("messages")).hasSize(1);
        assertThat(sent(0).path("ext").path("caravan").path("part").asInt()).isEqualTo(1);
    }

    private List<Outcome> send(String faults) {
        stub.faults(faults);
        return town.messages(town.message("anna,bruno", "1", "anna", OLD, "x".repeat(12_000)));
    }
}
