package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** One test for each {@link MattermostRule} that the seal obeys, of its name. */
class MattermostSealRulesTest {

    private static final long TIME = 1_700_000_000_000L;

    @TempDir
    Path folder;

    private Town town;

    @BeforeEach
    void found() {
        town = new Town(folder)
                .people("ann")
                .channel("{id: 'C', type: 'public', name: 'square'}")
                .member("C", "U-ann", "member");
    }

    @Test
    void uniqueTime() throws IOException {
        for (int us = 0; us < 5; us++) {
            message("C/" + us, TIME * 1000 + us, "");
        }

        assertThat(times(town.seal()))
                .containsExactlyElementsOf(
                        LongStream.range(TIME, TIME + 5).boxed().toList());
    }

    @Test
    void uniqueTimeCountsEveryObjectOfAMessage() throws IOException {
        message("C/1", TIME * 1000, ", text: '" + "x".repeat(40_000) + "'");
        message("C/2", TIME * 1000 + 1, "");

        assertThat(times(town.seal())).containsExactly(TIME, TIME + 3);
    }

    @Test
    void frozenTime() throws IOException {
        message("C/2", TIME * 1000 + 500, "");
        message("C/3", TIME * 1000 + 1000, "");
        town.seal("first.zip");
        town.ledger.markImported();

        message("C/1", TIME * 1000 + 200, ", text: 'found later'");
        message("C/4", TIME * 1000 + 2000, "");
        Path second = town.seal("second.zip");

        var posts = Town.lines(second, "post");
        assertThat(posts)
                .extracting(post -> post.path("create_at").asLong())
                .containsExactlyInAnyOrder(TIME, TIME + 1, TIME + 2, TIME + 3);
        assertThat(posts)
                .filteredOn(post -> post.path("message").asText().equals("found later"))
                .extracting(post -> post.path("create_at").asLong())
                .containsExactly(TIME + 2);
        assertThat(MattermostPackageRules.broken(second, Set.of("ann"))).isEmpty();
    }

    @Test
    void threadTooLong() throws IOException {
        message("C/0", TIME * 1000, ", text: 'root'");
        for (int i = 1; i <= 20; i++) {
            message("C/" + i, (TIME + i) * 1000, ", thread: 'C/0', text: '" + i + " " + "x".repeat(100) + "'");
        }
        Path zip = town.seal("town.zip", 1000);

        assertThat(MattermostPackageRules.broken(zip)).isEmpty();
        assertThat(Town.lines(zip)).allSatisfy(line -> assertThat(line).hasSizeLessThan(1000));
        assertThat(Town.lines(zip, "post")).hasSizeGreaterThan(2);
        assertThat(town.ledger.findings).extracting(Finding::rule).containsOnly(MattermostRule.THREAD_TOO_LONG.id());
        var back = town.read(zip, Kind.MESSAGE);
        assertThat(back).hasSize(21);
        assertThat(back.subList(1, 21)).allSatisfy(reply -> assertThat(reply.path("thread"))
                .isEqualTo(back.get(0).path("id")));
    }

    @Test
    void replyWithoutRoot() throws IOException {
        message("C/1", TIME * 1000, ", thread: 'C/0', text: 'first'");
        message("C/2", TIME * 1000 + 1000, ", thread: 'C/0', text: 'second'");
        var posts = Town.lines(town.seal(), "post");

        assertThat(posts).hasSize(1);
        assertThat(posts.get(0).path("replies")).hasSize(1);
        assertThat(town.ledger.findings)
                .containsExactly(new Finding(MattermostRule.REPLY_WITHOUT_ROOT.id(), "message", "C/1", "root C/0"));
    }

    @Test
    void lineOrder() throws IOException {
        town.people("owner")
                .user("{id: 'B', name: 'clock', bot: true}")
                .channel("{id: 'D', type: 'direct', name: '', members: ['U-ann', 'U-owner']}")
                .message("{id: 'D/1', channel: 'D', author: 'U-ann', time: 1700000000000000, text: 'hi'}");
        message("C/1", TIME * 1000, "");

        assertThat(Town.lines(town.seal()))
                .extracting(line -> MattermostMappings.json(line).path("type").asText())
                .containsExactly(
                        "version", "team", "channel", "user", "user", "bot", "post", "direct_channel", "direct_post");
    }

    @Test
    void nothingUnread() throws IOException {
        message("C/1", TIME * 1000, "");
        message("C/2", (TIME + 9) * 1000, ", thread: 'C/1'");
        var member = Town.lines(town.seal(), "user").get(0).at("/teams/0/channels/0");

        assertThat(member.path("msg_count").asInt()).isEqualTo(2);
        assertThat(member.path("msg_count_root").asInt()).isEqualTo(1);
        assertThat(member.path("last_viewed_at").asLong()).isEqualTo(TIME + 9);
    }

    @Test
    void noUserAgain() throws IOException {
        town.seal();
        town.ledger.markImported();
        town.people("ben");
        Path second = town.seal("second.zip");

        assertThat(Town.lines(second, "user"))
                .extracting(user -> user.path("username").asText())
                .containsExactly("ben");
    }

    @Test
    void membershipAfterImport() throws IOException {
        town.seal();
        town.ledger.markImported();
        town.channel("{id: 'N', type: 'public', name: 'news'}").member("N", "U-ann", "member");
        Path second = town.seal("second.zip");

        assertThat(Town.lines(second, "user")).isEmpty();
        assertThat(town.ledger.findings)
                .containsExactly(
                        new Finding(MattermostRule.MEMBERSHIP_AFTER_IMPORT.id(), "membership", "ann", "channel news"));
    }

    @Test
    void membershipsCut() throws IOException {
        for (int i = 10; i < 30; i++) {
            town.channel("{id: 'N%1$d', type: 'public', name: 'news-%1$d'}".formatted(i))
                    .member("N" + i, "U-ann", "member");
        }
        Path zip = town.seal("town.zip", 1000);

        var kept = Town.lines(zip, "user").get(0).at("/teams/0/channels");
        assertThat(Town.lines(zip)).allSatisfy(line -> assertThat(line).hasSizeLessThan(1000));
        assertThat(kept.size()).isBetween(5, 15);
        assertThat(town.ledger.findings).hasSize(21 - kept.size()).allSatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(MattermostRule.MEMBERSHIPS_CUT.id());
            assertThat(finding.detail()).startsWith("channel ");
        });
    }

    private void message(String id, long time, String fields) {
        town.message("{id: '%s', channel: 'C', author: 'U-ann', time: %d%s}".formatted(id, time, fields));
    }

    private static List<Long> times(Path zip) throws IOException {
        return Town.lines(zip, "post").stream()
                .map((JsonNode post) -> post.path("create_at").asLong())
                .toList();
    }
}
