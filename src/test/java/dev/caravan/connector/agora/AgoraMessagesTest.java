package dev.caravan.connector.agora;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.caravan.model.Outcome.Accepted;
import dev.caravan.model.Outcome.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a message becomes: its time, its pieces, its files. */
class AgoraMessagesTest extends AgoraSinkAtWork {

    @TempDir
    Path folder;

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
    void somebodyOutsideAOneToOneConversationDoesNotSpeakInIt() {
        town.users("anna", "bruno", "carla");

        assertThat(town.messages(town.message("anna,bruno", "1", "carla", OLD, "a")))
                .containsExactly(new Refused("agora-author-outside", "carla"));
    }
}
