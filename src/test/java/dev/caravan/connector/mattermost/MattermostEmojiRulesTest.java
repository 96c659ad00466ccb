package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.model.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** One test for each {@link MattermostRule} about emoji, of its name. */
class MattermostEmojiRulesTest {

    @TempDir
    Path folder;

    private Town town;

    @BeforeEach
    void found() {
        town = new Town(folder);
    }

    @Test
    void emojiAlias() throws IOException {
        picture("camel.png");
        town.emoji("{id: 'camel', name: 'our-camel', path: 'camel.png'}")
                .emoji("{id: 'dromedary', name: 'our-dromedary', aliasOf: 'our-camel', path: 'camel.png'}");

        assertThat(Town.lines(town.seal(), "emoji"))
                .extracting(emoji -> emoji.path("name").asText())
                .containsExactly("our-camel", "our-dromedary");
        assertThat(town.rules.get(Kind.EMOJI)).containsExactly(MattermostRule.EMOJI_ALIAS.id());
    }

    @Test
    void emojiOfTheSystem() throws IOException {
        picture("camel.png");
        town.emoji("{id: 'camel', name: 'camel', path: 'camel.png'}")
                .emoji("{id: 'wave', name: 'wave_medium_light_skin_tone', path: 'camel.png'}");

        assertThat(Town.lines(town.seal(), "emoji")).isEmpty();
        assertThat(town.rules.get(Kind.EMOJI))
                .containsExactly(MattermostRule.EMOJI_OF_THE_SYSTEM.id(), MattermostRule.EMOJI_OF_THE_SYSTEM.id());
    }

    @Test
    void emojiWithoutImage() throws IOException {
        town.emoji("{id: 'nothing', name: 'nothing', url: 'http://x/'}");

        assertThat(Town.lines(town.seal(), "emoji")).isEmpty();
        assertThat(town.rules.get(Kind.EMOJI)).contains(MattermostRule.EMOJI_WITHOUT_IMAGE.id());
    }

    private void picture(String name) throws IOException {
        Files.createDirectories(folder.resolve("files"));
        Files.writeString(folder.resolve("files").resolve(name), "picture");
    }
}
