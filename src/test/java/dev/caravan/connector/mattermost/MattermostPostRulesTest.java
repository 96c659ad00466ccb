package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Kind;
import dev.caravan.transform.text.EmojiNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** One test for each {@link MattermostRule} about posts, of its name. */
class MattermostPostRulesTest {

    private static final String FIRST =
            "{id: 'C/1', channel: 'C', author: 'U-ann', time: 1700000000000000, text: 'root'}";

    @TempDir
    Path folder;

    private Town town;

    @BeforeEach
    void found() {
        town = new Town(folder).people("ann", "ben").channel("{id: 'C', type: 'public', name: 'square'}");
    }

    @Test
    void textSplit() throws IOException {
        String text = "0123456789 中文\n".repeat(2000);
        var posts = posts(post(", text: ''").put("text", text));

        assertThat(posts).hasSize(1);
        var parts = new ArrayList<JsonNode>(List.of(posts.get(0)));
        posts.get(0).path("replies").forEach(parts::add);
        assertThat(parts).hasSize(2).allSatisfy(part -> assertThat(part.path("message")
                        .asText()
                        .codePointCount(0, part.path("message").asText().length()))
                .isLessThanOrEqualTo(16_383));
        assertThat(parts.get(1).path("create_at").asLong())
                .isEqualTo(parts.get(0).path("create_at").asLong() + 1);
        assertThat(parts.get(0).path("message").asText()
                        + parts.get(1).path("message").asText())
                .isEqualTo(text);
        assertThat(rules()).contains(MattermostRule.TEXT_SPLIT.id());
    }

    @Test
    void textSplitCountsCharactersNotUtf16Units() throws IOException {
        var posts = posts(post("").put("text", "🐪".repeat(16_383)));

        assertThat(posts.get(0).has("replies")).isFalse();
    }

    @Test
    void attachmentsOverflow() throws IOException {
        Files.createDirectories(folder.resolve("files"));
        var message = post("");
        for (int i = 0; i < 23; i++) {
            Files.writeString(folder.resolve("files/" + i), "content " + i);
            message.withArray("/files")
                    .addObject()
                    .put("id", "F" + i)
                    .put("name", "f.txt")
                    .put("state", "present")
                    .put("path", "" + i);
        }
        var post = posts(message).get(0);

        assertThat(post.path("attachments")).hasSize(10);
        assertThat(post.at("/replies/0/attachments")).hasSize(10);
        assertThat(post.at("/replies/1/attachments")).hasSize(3);
        assertThat(post.at("/replies/1/message").asText()).isEmpty();
        assertThat(rules()).contains(MattermostRule.ATTACHMENTS_OVERFLOW.id());
    }

    @Test
    void broadcastCopy() throws IOException {
        town.message(FIRST);
        var posts = posts(post(", thread: 'C/1', broadcast: true, text: 'for all'"));

        assertThat(posts).hasSize(2);
        var copy = posts.get(0);
        var reply = posts.get(1).at("/replies/0");
        assertThat(copy.path("message")).isEqualTo(reply.path("message"));
        assertThat(copy.path("create_at").asLong())
                .isEqualTo(reply.path("create_at").asLong() + 1);
        assertThat(rules()).contains(MattermostRule.BROADCAST_COPY.id());
    }

    @Test
    void editTime() throws IOException {
        assertThat(posts(post(", edited: 1700000007000000"))
                        .get(0)
                        .path("edit_at")
                        .asLong())
                .isEqualTo(1_700_000_007_000L);
        assertThat(rules()).contains(MattermostRule.EDIT_TIME.id());
    }

    @Test
    void pinned() throws IOException {
        assertThat(posts(post(", pinned: true")).get(0).path("is_pinned").asBoolean())
                .isTrue();
        assertThat(rules()).contains(MattermostRule.PINNED.id());
    }

    @Test
    void reactionTime() throws IOException {
        town.message("{id: 'C/0', channel: 'C', author: 'U-ann', time: 1700000005000000, text: 'earlier in the ms'}");
        var post = posts(post(", reactions: [{emoji: 'x', users: ['U-ann', 'U-ben']}]"))
                .get(1);

        assertThat(post.path("create_at").asLong()).isEqualTo(1_700_000_005_001L);
        assertThat(post.path("reactions")).hasSize(2).allSatisfy(reaction -> assertThat(
                        reaction.path("create_at").asLong())
                .isEqualTo(1_700_000_005_001L));
        assertThat(rules()).contains(MattermostRule.REACTION_TIME.id());
    }

    @Test
    void reactionMerged() throws IOException {
        var post = posts(post(", reactions: [{emoji: 'x', users: ['U-ann', 'U-ann']}, {emoji: 'y', users: ['U-ann']}]"))
                .get(0);

        assertThat(post.path("reactions")).hasSize(2);
        assertThat(rules()).contains(MattermostRule.REACTION_MERGED.id());
    }

    @Test
    void reactionsCut() throws IOException {
        var message = post("");
        for (int i = 0; i < 60_000; i++) {
            message.withArray("/reactions")
                    .addObject()
                    .put("emoji", "%060d".formatted(i))
                    .withArray("/users")
                    .add("U-ann");
        }
        var post = posts(message).get(0);

        assertThat(post.path("reactions")).hasSize(PostLayout.MAX_REACTIONS);
        assertThat(rules()).contains(MattermostRule.REACTIONS_CUT.id());
    }

    @Test
    void emojiName() throws IOException {
        var post = posts(
                        post(
                                ", reactions: [{emoji: 'wave::skin-tone-6', users: ['U-ann']}, {emoji: 'né', users: ['U-ann']}]"))
                .get(0);

        assertThat(post.at("/reactions/0/emoji_name").asText()).isEqualTo("wave_dark_skin_tone");
        assertThat(post.at("/reactions/1/emoji_name").asText())
                .isEqualTo(EmojiNames.toMattermost("né"))
                .startsWith("n_");
    }

    @Test
    void me() throws IOException {
        var post = posts(post(", type: 'me', text: 'dances'")).get(0);

        assertThat(post.path("type").asText()).isEqualTo("me");
        assertThat(post.path("message").asText()).isEqualTo("*dances*");
        assertThat(post.at("/props/message").asText()).isEqualTo("dances");
        assertThat(rules()).contains(MattermostRule.ME.id());
    }

    @Test
    void aLongMeIsSplitAsPlainText() throws IOException {
        var posts = posts(post(", type: 'me', text: '" + "x".repeat(900_000) + "'"));

        assertThat(posts.get(0).path("props").has("message")).isFalse();
        assertThat(posts.get(0).path("message").asText()).doesNotContain("*");
        assertThat(posts.get(0).path("replies")).hasSize(900_000 / PostLayout.MAX_TEXT);
    }

    @Test
    void systemPost() throws IOException {
        var post = posts(post(", type: 'system', subtype: 'channel_join', text: 'ann has joined'"))
                .get(0);

        assertThat(post.has("type")).isFalse();
        assertThat(post.path("message").asText()).isEqualTo("ann has joined");
        assertThat(rules()).contains(MattermostRule.SYSTEM_POST.id());
    }

    @Test
    void botAlias() throws IOException {
        var post = posts(post(", type: 'bot', alias: 'Tick'")).get(0);

        assertThat(post.at("/props/from_webhook").asText()).isEqualTo("true");
        assertThat(post.at("/props/override_username").asText()).isEqualTo("Tick");
        assertThat(rules()).contains(MattermostRule.BOT_ALIAS.id());
    }

    @Test
    void cards() throws IOException {
        var post = posts(post(", cards: [{title: 'T', titleLink: 'http://x/', text: 'ask [Ben](caravan:user/U-ben)',"
                        + " fields: [{title: 'a', value: '1', short: true}]}]"))
                .get(0);

        var card = post.at("/props/attachments/0");
        assertThat(card.path("title").asText()).isEqualTo("T");
        assertThat(card.path("title_link").asText()).isEqualTo("http://x/");
        assertThat(card.path("text").asText()).isEqualTo("ask @ben");
        assertThat(card.at("/fields/0/value").asText()).isEqualTo("1");
        assertThat(rules()).contains(MattermostRule.CARDS.id());
    }

    @Test
    void groupMention() throws IOException {
        var post = posts(post(", text: 'ask [@ops](caravan:group/S1) or [@here](caravan:group/here)'"))
                .get(0);

        assertThat(post.path("message").asText()).isEqualTo("ask &#64;ops or @here");
        assertThat(rules()).contains(MattermostRule.GROUP_MENTION.id());
    }

    @Test
    void buttonsLeftOut() throws IOException {
        posts(post(", text: 'ok?', extras: {buttons: 2}"));

        assertThat(rules()).contains(MattermostRule.BUTTONS_LEFT_OUT.id());
    }

    @Test
    void cardsTooLarge() throws IOException {
        var message = post(", files: [{id: 'F', name: 'gone.txt', state: 'deleted'}]");
        message.withArray("/cards").addObject().put("text", "x".repeat(800_001));
        var post = posts(message).get(0);

        assertThat(post.at("/props/attachments")).hasSize(1);
        assertThat(post.at("/props/attachments/0/title").asText()).isEqualTo("gone.txt");
        assertThat(rules()).contains(MattermostRule.CARDS_TOO_LARGE.id());
    }

    @Test
    void fileWithoutBytes() throws IOException {
        var note = posts(post(", files: [{id: 'F', name: 'gone.txt', size: 12, state: 'hidden'}]"))
                .get(0)
                .at("/props/attachments/0");

        assertThat(note.path("title").asText()).isEqualTo("gone.txt");
        assertThat(note.path("text").asText()).isEqualTo("12 bytes, hidden by the source's plan");
        assertThat(rules()).contains(MattermostRule.FILE_WITHOUT_BYTES.id());
    }

    @Test
    void filePath() throws IOException {
        Files.createDirectories(folder.resolve("files"));
        Files.writeString(folder.resolve("files/f"), "content");
        String name = "../" + Normalizer.normalize("né", Normalizer.Form.NFD) + ".txt";
        var message = post("");
        message.withArray("/files")
                .addObject()
                .put("id", "F1")
                .put("name", name)
                .put("state", "present")
                .put("path", "f");

        assertThat(posts(message).get(0).at("/attachments/0/path").asText())
                .isEqualTo("bulk-export-attachments/F1_.._né.txt");
    }

    @Test
    void allAttachmentsAgain() throws IOException {
        Files.createDirectories(folder.resolve("files"));
        Files.writeString(folder.resolve("files/f"), "content");
        var first = posts(post(", files: [{id: 'F1', name: 'f', state: 'present', path: 'f'}]"));
        town.ledger.markImported();
        Path second = town.seal("second.zip");

        assertThat(Town.lines(second, "post")).isEqualTo(first);
        assertThat(MattermostPackageRules.broken(second, java.util.Set.of("ann", "ben")))
                .isEmpty();
    }

    private static ObjectNode post(String fields) {
        return (ObjectNode) MattermostMappings.json(
                "{id: 'C/2', channel: 'C', author: 'U-ben', time: 1700000005000000" + fields + "}");
    }

    private List<JsonNode> posts(ObjectNode message) throws IOException {
        return Town.lines(town.message(message).seal(), "post");
    }

    private List<String> rules() {
        return town.rules.get(Kind.MESSAGE);
    }
}
