package dev.caravan.migration.notify;

import java.io.IOException;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes from a source is text in every chat, and every message stays whole. */
class FormatTest {

    private static final String HOSTILE =
            "<!channel> <@all> @all <font color=\"red\"> [here](http://x) **b** `c` \\ \"";

    @Test
    void look_alikes_stand_for_what_would_mention_link_or_mark() {
        assertThat(Format.WECOM.escape("<@all> [a](b) *c* `d`")).isEqualTo("＜@all＞ ［a］(b) ＊c＊ ｀d｀");
        assertThat(Format.DINGTALK.escape("![a](b)")).isEqualTo("!［a］(b)");
        assertThat(Format.MATTERMOST.escape("<!channel> @all a_b")).isEqualTo("＜!channel＞ ＠all a\\\\_b");
    }

    @Test
    void slack_escapes_three_characters() {
        assertThat(Format.SLACK.escape("<!channel> & b")).isEqualTo("&lt;!channel&gt; &amp; b");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void no_value_ends_the_string_it_stands_in(Format format) throws IOException {
        var message = new ObjectMapper().readTree("{\"text\": \"" + format.escape(HOSTILE + "\n\u0001") + "\"}");

        assertThat(message.path("text").asText()).contains("here").endsWith("\n\u0001");
    }

    @Test
    void signatures_are_those_of_the_documents() {
        assertThat(Signature.dingtalk(1_700_000_000_000L, "this is secret"))
                .isEqualTo("sSFWELbV2YwjdDQhWZwTcWlX5BWUx5J6TPpsZmuPii0=");
        assertThat(Signature.feishu(1_700_000_000L, "this is secret"))
                .isEqualTo("OfGzRzoUICBOoc8wVra1e4A1hPfbZ9zqXozA8CWVUuY=");
        assertThat(Signature.webhook(1_700_000_000L, "{\"a\":1}", "this is secret"))
                .isEqualTo("a8e96c2e6ed6987f54d2c397a1d66ab2ad888b23b1be6b17ae48c9163fa0b8c0");
    }
}
