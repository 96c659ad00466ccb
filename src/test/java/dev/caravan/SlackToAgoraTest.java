package dev.caravan;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.agora.AgoraStubAtWork;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.Run;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally.What;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The sample company moves to Agora Chat by the whole road. */
class SlackToAgoraTest extends AgoraStubAtWork {

    @TempDir
    Path folder;

    @BeforeEach
    void hurry() {
        stub.unlimited();
    }

    private TestMigration migration() {
        return new TestMigration(folder)
                .with(stub.sinkSettings())
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.source.files-folder", "sample/acme-files")
                .with("caravan.sink.shift-accepted", "120")
                .with("caravan.sink.files-folder", "sample/acme-files");
    }

    @Test
    void checkTellsWhatWillNotBeAsPeopleExpectAndWhatNobodyHasProven() {
        var result = migration().check();

        assertThat(result.problems()).isEmpty();
        assertThat(result.target().warnings())
                .extracting(warning -> warning.wordsKey())
                .contains("agora.forecast.import-date", "agora.forecast.outside-retention");
        assertThat(result.target().delivery()).isPositive();
        assertThat(result.target().rules())
                .filteredOn(rule -> !rule.proven())
                .extracting(rule -> rule.id())
                .contains("group-history", "recall");
        assertThat(stub.state().path("messages")).isEmpty();
    }

    @Test
    void noMoreMessagesGetTheDayOfTheImportThanSomebodyAccepted() {
        var migration = migration();
        long shifted = migration.check().target().warnings().stream()
                .filter(warning -> warning.wordsKey().endsWith("import-date"))
                .mapToLong(warning -> warning.number())
                .findFirst()
                .orElseThrow();

        migration.with("caravan.sink.shift-accepted", Long.toString(shifted - 1));
        assertThatThrownBy(migration::run).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo("CRV-489"));

        migration.with("caravan.sink.shift-accepted", Long.toString(shifted));
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
    }

    @Test
    void nothingIsSentWhileNobodyHasSaidHowManyMessagesMayGetTheDayOfTheImport() {
        assertThatThrownBy(
                        () -> migration().without("caravan.sink.shift-accepted").run())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("CRV-489"));
        assertThat(stub.state().path("users")).isEmpty();
    }

    @Test
    void theSampleArrivesOnceAndInOrderWithItsOwnTimesInExt() {
        var migration = migration();

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            assertThat(account.of("message", What.READ)).isEqualTo(123);
            assertThat(account.of("message", What.DELIVERED)).isEqualTo(117);
            assertThat(account.of("message", What.DEAD)).isEqualTo(4);
        }
        var state = stub.state();
        assertThat(state.path("ghosts").asInt()).isZero();
        assertThat(state.path("messages")).isNotEmpty();
        var parts = new HashSet<String>();
        var lastTime = new HashMap<String, Long>();
        for (var message : state.path("messages")) {
            var about = message.path("ext").path("caravan");
            assertThat(parts.add(about.path("id").asText() + " " + about.path("part")))
                    .isTrue();
            var before = lastTime.put(conversation(message), about.path("time").asLong());
            assertThat(before == null ? 0 : before)
                    .isLessThanOrEqualTo(about.path("time").asLong());
        }
        assertThat(state.path("files").size()).isEqualTo(4);
    }

    @Test
    void whatIsReadBackIsWhatTheSourceHas() {
        // as if the hour were long over
        stub.settings("{'exportByImport':true,'clockAheadHours':3}");
        var migration = migration();
        migration.run();

        try (var ledger = migration.ledger()) {
            var last = ledger.verifications().last().orElseThrow();
            assertThat(last.summary()).contains("\"message\":{\"expected\":118,\"found\":118}");
            // a broken day file of the source, and somebody who made a channel and left it, but has to own the group
            assertThat(ledger.verifications().page(1, 0, 100))
                    .extracting(stored -> stored.difference().kind() + " "
                            + stored.difference().field())
                    .containsExactly("message rest-lost", "membership extra");
        }
    }

    @Test
    void peopleAndGroupsReadBackAreThoseOfTheSource() {
        var migration = migration();
        migration.run();

        try (var ledger = migration.ledger()) {
            var summary = ledger.verifications().last().orElseThrow().summary();
            // a stub keeps no history of the hour that is not over: one-to-one conversations are only there
            assertThat(summary)
                    .contains("\"user\":{\"expected\":20,\"found\":20}", "\"target.unreadable\":1")
                    .contains("\"channel.missing\":3")
                    .doesNotContain("user.name", "user.missing", "user.extra", "channel.extra", "channel.type");
        }
    }

    @Test
    void aSecondRunOnAnUnchangedSourceSendsNothing() {
        var migration = migration();
        migration.run();
        var before = stub.state();

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        var after = stub.state();
        assertThat(after.path("messages")).isEqualTo(before.path("messages"));
        assertThat(after.path("groups")).isEqualTo(before.path("groups"));
        assertThat(after.path("users")).isEqualTo(before.path("users"));
    }

    @Test
    void throttlingLostAnswersAndARenewedTokenLoseAndDoubleNothing() {
        var migration = migration();
        stub.faults(
                """
                [{'path':'POST .*/chatgroups','skip':3,'what':'lost'},
                 {'path':'POST /org/app/users','what':'lost'},
                 {'path':'POST .*/chatgroups/[0-9]+/users','skip':2,'times':2,'what':'after','status':503},
                 {'path':'POST .*/import','skip':10,'times':3,'what':'status','status':429,'error':'reach_limit','retryAfter':'0'},
                 {'path':'POST .*/import','skip':40,'times':1,'what':'status','status':401,'error':'unauthorized'},
                 {'path':'POST .*/import','skip':60,'times':2,'what':'lost'}]
                """);

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);

        var state = stub.state();
        assertThat(state.path("fired").asInt()).isEqualTo(10);
        assertThat(state.path("groups").size()).isEqualTo(14);
        var parts = new HashSet<String>();
        for (var message : state.path("messages")) {
            var about = message.path("ext").path("caravan");
            assertThat(parts.add(about.path("id").asText() + " " + about.path("part")))
                    .isTrue();
        }
        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            // what nobody can say: two answers were lost, and an import cannot be looked up
            assertThat(account.of("message", What.DELIVERED)).isEqualTo(115);
            assertThat(account.of("message", What.DEAD)).isEqualTo(6);
        }
        assertThat(migration.letters().list(LetterFilter.ALL, 0, 100))
                .filteredOn(letter -> letter.cause().equals("uncertain"))
                .hasSize(2);
    }

    private static String conversation(JsonNode message) {
        var from = message.path("from").asText();
        var target = message.path("target").asText();
        return message.path("group").asBoolean() ? target : from.compareTo(target) > 0 ? target + from : from + target;
    }
}
