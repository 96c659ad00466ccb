package dev.caravan;

import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.agora.AgoraStubProcess;
import dev.caravan.ledger.Run;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The sample company moves to Agora Chat by the whole road. */
class SlackToAgoraTest {

    private static AgoraStubProcess stub;

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
        stub.settings("{'rates':{'users':100000,'chatgroups':100000,'import-users':100000,'import-groups':100000,'export':100000}}");
    }

    private TestMigration migration() {
        return new TestMigration(folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.source.files-folder", "sample/acme-files")
                .with("caravan.sink.kind", "agora-chat")
                .with("caravan.sink.rest-url", stub.url())
                .with("caravan.sink.app-id", "970CA35de60c44645bbae8a215061b33")
                .with("caravan.sink.app-certificate", "5CFd2fd1755d40ecb72977518be15d3b")
                .with("caravan.sink.group-owner", "caravan")
                .with("caravan.sink.group-history", "shift")
                .with("caravan.sink.import-rate", "100000")
                .with("caravan.sink.history-rate", "60000")
                .with("caravan.sink.rate-share", "1")
                .with("caravan.sink.files-folder", "sample/acme-files");
    }

    @Test
    void theSampleArrivesOnceInOrderAndASecondRunSendsNothing() {
        var migration = migration();

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        var state = stub.state();
        assertThat(state.path("ghosts").asInt()).isZero();
        var ids = state.path("messages").findValuesAsText("msg_id");
        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            ledger.verifications().last().ifPresent(v -> System.out.println(v));
            assertThat(account.of("message", Tally.What.DELIVERED)).isGreaterThan(50);
        }
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(stub.state().path("messages").size()).isEqualTo(state.path("messages").size());
    }

    private static JsonNode about(JsonNode message) {
        return message.path("ext").path("caravan");
    }
}
