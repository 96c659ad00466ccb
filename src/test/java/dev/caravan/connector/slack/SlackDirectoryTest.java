package dev.caravan.connector.slack;

import java.io.IOException;
import java.nio.file.Files;

import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Problem;
import dev.caravan.model.Refusal;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.caravan.connector.slack.ExportZip.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** People, conversations, memberships and emoji of an export, and which archives are exports at all. */
class SlackDirectoryTest extends SlackExportReading {

    @Test
    void peopleAndConversationsOfALaterExportWin() {
        var a = ExportZip.withGeneral().write(folder, "a.zip");
        var b = ExportZip.withGeneral()
                .with("users.json", "[{\"id\":\"U1\",\"name\":\"renamed\"},\"no object\"]")
                .with("channels.json", "[{\"id\":\"C1\",\"name\":\"main\",\"members\":[\"U1\"]}]")
                .with("dms.json", "[{\"id\":\"D1\",\"members\":[\"U1\",\"U2\"]}]")
                .write(folder, "b.zip");
        path(a, b);

        var users = read(Kind.USER, Lane.WHOLE, null);
        assertThat(users.get(0).items())
                .extracting(i -> i.source().path("name").asText())
                .containsExactly("renamed", "bob");
        assertThat(users.get(0).refused()).extracting(Refusal::cause).containsExactly("not-an-object");
        assertThat(users.get(0).tally().of("user", Tally.What.READ)).isEqualTo(4);
        assertThat(users.get(0).tally().of("user", Tally.What.FILTERED)).isEqualTo(1);
        var channels = read(Kind.CHANNEL, Lane.WHOLE, null);
        assertThat(channels.get(0).items())
                .extracting(i -> i.source().path("id").asText()
                        + i.source().at("/caravan/list").asText())
                .containsExactly("C1channels", "D1dms");
        var memberships = read(Kind.MEMBERSHIP, Lane.WHOLE, null);
        assertThat(memberships.get(0).items())
                .extracting(i -> i.source().path("user").asText())
                .containsExactly("U1");
    }

    @Test
    void theLaterExportIsTheOneThatCoversLaterDaysWhateverItsName() {
        var january = ExportZip.withGeneral()
                .with("users.json", "[{\"id\":\"U1\",\"name\":\"old\"}]")
                .with("channels.json", "[{\"id\":\"C1\",\"name\":\"general\",\"is_archived\":false}]")
                .day(DAY, message(ts(T), "as january knew it"))
                .write(folder, "Acme Slack export Jan 1 2024 - Feb 1 2024.zip");
        var april = ExportZip.withGeneral()
                .with("users.json", "[{\"id\":\"U1\",\"name\":\"new\"}]")
                .with("channels.json", "[{\"id\":\"C1\",\"name\":\"general\",\"is_archived\":true}]")
                .day(DAY, message(ts(T), "as april knew it"))
                .day("2024-04-30", message(ts(T + 168 * 86_400), "april"))
                .write(folder, "Acme Slack export Apr 1 2024 - May 1 2024.zip");
        path(january, april);

        assertThat(read(Kind.USER, Lane.WHOLE, null).get(0).items())
                .extracting(i -> i.source().path("name").asText())
                .containsExactly("new");
        assertThat(read(Kind.CHANNEL, Lane.WHOLE, null).get(0).items())
                .extracting(i -> i.source().path("is_archived").asBoolean())
                .containsExactly(true);
        assertThat(texts(messages())).containsExactly("as april knew it", "april");
    }

    @Test
    void directoryReadsGoOnBehindTheirBatches() {
        write(ExportZip.withGeneral().with("users.json", "[{\"id\":\"U1\"},{\"id\":\"U2\"},{\"id\":\"U3\"}]"));
        export.setBatchSize(2);

        var whole = read(Kind.USER, Lane.WHOLE, null);

        assertThat(whole).hasSize(2);
        assertThat(read(Kind.USER, Lane.WHOLE, whole.get(0).position()).get(0).items())
                .extracting(i -> i.source().path("id").asText())
                .containsExactly("U3");
        assertThat(read(Kind.USER, Lane.WHOLE, whole.get(1).position())).isEmpty();
    }

    @Test
    void emojiComeByNameWithTheirPictures() throws IOException {
        Files.createDirectories(folder.resolve("files/emojis"));
        Files.writeString(folder.resolve("files/emojis/party.png"), "p");
        export.setFilesFolder(folder.resolve("files").toString());
        write(
                ExportZip.withGeneral()
                        .with(
                                "emoji.json",
                                """
                                {"ok":true,"emoji":{"yay":"alias:hooray","hooray":"alias:party",
                                  "party":"https://e/p.png","round":"alias:circle","circle":"alias:round"}}"""));

        var emoji = read(Kind.EMOJI, Lane.WHOLE, null).get(0).items();

        assertThat(emoji)
                .extracting(i -> i.source().path("name").asText())
                .containsExactly("circle", "hooray", "party", "round", "yay");
        assertThat(emoji)
                .extracting(i -> i.source().at("/caravan/path").asText())
                .containsExactly("", "emojis/party.png", "emojis/party.png", "", "emojis/party.png");
    }

    @Test
    void aFolderInNoListIsNeverPublic() {
        write(ExportZip.withGeneral()
                .with(
                        "users.json",
                        """
                        [{"id":"U1","name":"ann"},{"id":"U2","name":"bob"},{"id":"U3","name":"cy"}]""")
                .with("D0TWO/2023-11-14.json", "[" + by("U1", ts(T)) + "," + by("U2", ts(T + 1)) + "]")
                .with("D0ONE/2023-11-14.json", "[" + by("U1", ts(T)) + "]")
                .with("mpdm-ann--bob--cy-1/2023-11-14.json", "[" + by("U1", ts(T)) + "]")
                .with("mpdm-ann--gone-1/2023-11-14.json", "[" + by("U1", ts(T)) + "]")
                .with("secret/2023-11-14.json", "[" + by("U3", ts(T)) + "]"));

        var channels = read(Kind.CHANNEL, Lane.WHOLE, null).get(0).items().stream()
                .filter(item -> !item.source().path("id").asText().equals("C1"))
                .map(item -> "%s %s %s"
                        .formatted(
                                item.source().path("id").asText(),
                                item.source().at("/caravan/list").asText(),
                                item.source().path("members")));

        assertThat(channels)
                .containsExactlyInAnyOrder(
                        "D0TWO dms [\"U1\",\"U2\"]",
                        "D0ONE groups [\"U1\"]",
                        "mpdm-ann--bob--cy-1 mpims [\"U1\",\"U2\",\"U3\"]",
                        "mpdm-ann--gone-1 groups [\"U1\"]",
                        "secret groups [\"U3\"]");
        assertThat(read(Kind.MEMBERSHIP, Lane.WHOLE, null).get(0).items())
                .extracting(item -> item.source().path("channel").asText() + " "
                        + item.source().path("user").asText())
                .contains("D0ONE U1", "mpdm-ann--gone-1 U1", "secret U3")
                .noneMatch(line -> line.startsWith("D0TWO") || line.startsWith("mpdm-ann--bob"));
    }

    private static String by(String user, String ts) {
        return "{\"type\":\"message\",\"user\":\"%s\",\"ts\":\"%s\",\"text\":\"x\"}".formatted(user, ts);
    }

    @Test
    void archivesAreRefusedOrEntriesLeftOutAsAsked() {
        write(ExportZip.withGeneral().with("../evil.json", "[]").with("inner.zip", "x"));
        assertThatThrownBy(this::messages).hasMessageStartingWith("CRV-110");

        export.setUnsafeNames("skip");
        assertThat(findings(read(Kind.CHANNEL, Lane.WHOLE, null)))
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("entry-skipped", "nested-archive");

        assertThatThrownBy(() -> export.setLinks("maybe")).hasMessageStartingWith("CRV-131");
    }

    @Test
    void aFolderWithoutConversationBecomesOneAndStrangeFilesAreNoted() {
        write(ExportZip.withGeneral()
                .with("lost/2023-11-14.json", "[" + message(ts(T), "found") + "]")
                .with("notes.txt", "x")
                .with("inner.zip", "x")
                .with("general/readme.md", "x"));

        var channels = read(Kind.CHANNEL, Lane.WHOLE, null);

        assertThat(channels.get(0).items())
                .extracting(i -> i.source().path("id").asText())
                .containsExactly("C1", "lost");
        assertThat(findings(channels))
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("unknown-file", "nested-archive", "unknown-file", "unknown-folder");
        assertThat(texts(read(Kind.MESSAGE, Lane.of("lost"), null))).containsExactly("found");
    }

    @Test
    void anExportWithoutUsersIsReadAndNoted() {
        write(new ExportZip().with("channels.json", ExportZip.ONE_CHANNEL).day(DAY, message(ts(T), "a")));

        var users = read(Kind.USER, Lane.WHOLE, null);

        assertThat(findings(users)).extracting(Finding::rule).containsExactly("no-user-list");
        assertThat(texts(messages())).containsExactly("a");
    }

    @Test
    void anExportOfDirectMessagesAloneIsRead() {
        write(new ExportZip()
                .with("dms.json", "[{\"id\":\"D1\",\"members\":[\"U1\"]}]")
                .with("D1/2023-11-14.json", "[" + message(ts(T), "self") + "]"));

        assertThat(texts(read(Kind.MESSAGE, Lane.of("D1"), null))).containsExactly("self");
    }

    @Test
    void anExportWithoutAnyListOfConversationsIsRefused() {
        write(new ExportZip().with("users.json", "[]").day(DAY, message(ts(T), "a")));

        assertThatThrownBy(this::messages).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-121");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org_users.json", "teams/acme/channels.json"})
    void enterpriseGridIsRecognised(String entry) {
        write(ExportZip.withGeneral().with(entry, "[]"));

        assertThatThrownBy(this::messages).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-120");
    }

    @Test
    void missingAndEmptySourcesAreNamed() throws IOException {
        assertThatThrownBy(this::messages).hasMessageStartingWith("CRV-100");
        path(folder.resolve("absent.zip"));
        assertThatThrownBy(this::messages).hasMessageStartingWith("CRV-101");
        path(Files.createDirectory(folder.resolve("none")));
        assertThatThrownBy(this::messages).hasMessageStartingWith("CRV-116");
        write(ExportZip.withGeneral());
        assertThatThrownBy(() -> read(Kind.MESSAGE, Lane.of("C1"), "somewhere")).hasMessageStartingWith("CRV-124");
        export.setFilesFolder(folder.resolve("absent").toString());
        assertThatThrownBy(this::messages).hasMessageStartingWith("CRV-123");
    }
}
