package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.file.Path;

import dev.caravan.model.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** One test for each {@link MattermostRule} about conversations, of its name. */
class MattermostConversationRulesTest {

    @TempDir
    Path folder;

    private Town town;

    @BeforeEach
    void found() {
        town = new Town(folder);
    }

    @Test
    void channelName() throws IOException {
        var channel =
                town.channel("{id: 'C', type: 'public', name: 'Über uns'}").only("channel");

        assertThat(channel.path("name").asText()).isEqualTo("uber-uns");
        assertThat(channel.path("display_name").asText()).isEqualTo("Über uns");
        assertThat(town.rules.get(Kind.CHANNEL)).contains(MattermostRule.CHANNEL_NAME.id());
    }

    @Test
    void groupToPrivate() throws IOException {
        town.people("a", "b", "c", "d", "e", "f", "g", "h", "i")
                .channel("{id: 'G', type: 'group', name: 'mpdm-1', purpose: 'Moving', members:"
                        + " ['U-a', 'U-b', 'U-c', 'U-d', 'U-e', 'U-f', 'U-g', 'U-h', 'U-i']}");
        Path zip = town.seal();

        assertThat(Town.lines(zip, "channel").get(0).path("name").asText()).isEqualTo("moving");
        assertThat(Town.lines(zip, "channel").get(0).path("type").asText()).isEqualTo("P");
        assertThat(Town.lines(zip, "user")).hasSize(9).allSatisfy(user -> assertThat(
                        user.at("/teams/0/channels/0/name").asText())
                .isEqualTo("moving"));
        assertThat(Town.lines(zip, "direct_channel")).isEmpty();
        assertThat(town.rules.get(Kind.CHANNEL)).contains(MattermostRule.GROUP_TO_PRIVATE.id());
    }

    @Test
    void oneLinePerMemberSet() throws IOException {
        town.people("a", "b", "c")
                .channel("{id: 'G1', type: 'group', name: 'x', members: ['U-a', 'U-b', 'U-c']}")
                .channel("{id: 'G2', type: 'group', name: 'y', members: ['U-c', 'U-b', 'U-a']}")
                .message("{id: 'G1/1', channel: 'G1', author: 'U-a', time: 1700000000000000, text: 'one'}")
                .message("{id: 'G2/1', channel: 'G2', author: 'U-b', time: 1700000000000000, text: 'two'}");
        Path zip = town.seal();

        assertThat(Town.lines(zip, "direct_channel")).hasSize(1);
        assertThat(Town.lines(zip, "direct_post")).hasSize(2);
    }

    @Test
    void selfDirect() throws IOException {
        town.people("a")
                .channel("{id: 'D', type: 'direct', name: '', members: ['U-a']}")
                .message("{id: 'D/1', channel: 'D', author: 'U-a', time: 1700000000000000, text: 'note'}");
        Path zip = town.seal();

        assertThat(Town.lines(zip, "direct_channel").get(0).path("participants"))
                .extracting(member -> member.path("username").asText())
                .containsExactly("a", "a");
        assertThat(Town.lines(zip, "direct_post").get(0).path("channel_members").toString())
                .isEqualTo("[\"a\",\"a\"]");
        assertThat(town.rules.get(Kind.CHANNEL)).contains(MattermostRule.SELF_DIRECT.id());
    }

    @Test
    void originLeftOut() throws IOException {
        town.channel("{id: 'C', type: 'public', name: 'square', created: 1500000000000000, creator: 'U1'}")
                .only("channel");

        assertThat(town.rules.get(Kind.CHANNEL)).contains(MattermostRule.ORIGIN_LEFT_OUT.id());
    }
}
