package dev.caravan.migration.notify;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ledger.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What arrives at a channel, and what becomes of a notice that it does not take. */
class NoticeDeliveryTest extends NoticesAtWork {

    @Test
    void nothing_of_a_notice_is_markup_in_any_chat() {
        ROBOTS.forEach(this::with);
        assertThat(notifier().test()).extracting(Notifier.Tried::failure).containsOnlyNulls();

        assertThat(content("wecom", "/markdown/content"))
                .contains("＜!channel＞ \"quotes\" \\")
                .doesNotContain("<", "[");
        assertThat(content("dingtalk", "/markdown/text")).contains("［link］").doesNotContain("<", "[");
        assertThat(content("mattermost", "/text")).contains("＠all").doesNotContain("<", "[", "@");
        assertThat(content("slack", "/blocks/0/text/text"))
                .contains("&lt;!channel&gt;")
                .doesNotContain("<");
        assertThat(content("feishu", "/content/post/en_us/content/1/0/text")).contains("<!channel>");
        assertThat(robots.taken("webhook").get(0).path("lines").get(1).asText()).contains("<b> & *stars*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wecom", "dingtalk", "feishu"})
    void a_refusal_answered_with_200_is_a_failure_told_once_without_the_secrets(String robot) {
        with(robot);
        if (robot.equals("wecom")) {
            migration.with("caravan.notify.wecom.url", robots.url(robot).replace(RobotReceiver.KEY, "no-key-at-all"));
        } else {
            migration.with("caravan.notify." + robot + ".secret", "another secret");
        }
        watch();

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        flush();

        assertThat(robots.taken(robot)).isEmpty();
        assertThat(robots.calls(robot)).as("refused for good").isEqualTo(6);
        assertThat(told()).isNotEmpty().allSatisfy(entry -> assertThat(entry.failure())
                .containsAnyOf("93000", "310000", "19021")
                .doesNotContain("another secret", "no-key-at-all", RobotReceiver.KEY));
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0)).startsWith("CRV-688").contains(robot).doesNotContain("secret,", RobotReceiver.KEY);
    }

    @Test
    void a_busy_channel_gets_it_later_and_one_that_is_down_stops_nothing() throws IOException {
        with("slack");
        robots.busy("slack", 3);
        try (var free = new ServerSocket(0)) {
            migration.with("caravan.notify.mattermost.url", "http://127.0.0.1:" + free.getLocalPort() + "/hooks/x");
        }
        watch();

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        flush();

        assertThat(robots.taken("slack")).hasSize(6);
        assertThat(robots.calls("slack")).isEqualTo(9);
        assertThat(told())
                .filteredOn(entry -> entry.channel().equals("mattermost"))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.failure()).isEqualTo("ConnectException"));
        assertThat(logged).hasSize(1);
    }

    private String content(String robot, String place) {
        List<JsonNode> taken = robots.taken(robot);
        assertThat(taken).hasSize(1);
        return taken.get(0).at(place).asText();
    }
}
