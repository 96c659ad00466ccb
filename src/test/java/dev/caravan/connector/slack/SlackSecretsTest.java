package dev.caravan.connector.slack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class SlackSecretsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https:\\/\\/files.slack.com\\/a.png?t=xoxe-11-22-ab https:\\/\\/files.slack.com\\/a.png?t=caravan-redacted",
                "a&t=xoxe-1&b=2 a&t=caravan-redacted&b=2",
                "a\\u0026t=xoxe.xoxp-1-abc a\\u0026t=caravan-redacted",
                "xoxb-1234,xoxp-5678 caravan-redacted,caravan-redacted",
                "https://s.slack.com/x?pub_secret=8004f909b1\" https://s.slack.com/x?pub_secret=caravan-redacted\"",
                "https:\\/\\/slack-files.com\\/T02-F02-8004f909b1\" https:\\/\\/slack-files.com\\/T02-F02-caravan-redacted\"",
            })
    void secretsAreReplaced(String text, String clean) {
        assertThat(new String(SlackSecrets.redact(text.getBytes(UTF_8)), UTF_8)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://youtube.com/watch?v=1&t=42s",
                "xox",
                "hugs xoxo",
                "a pub_secret",
                "xoxb-",
                "slack-files.com",
                "历史 sxp"
            })
    void whatIsNoSecretStays(String text) {
        var raw = text.getBytes(UTF_8);
        assertThat(SlackSecrets.redact(raw)).isSameAs(raw);
    }

    @Test
    void nothingIsNothing() {
        assertThat(SlackSecrets.redact(new byte[0])).isEmpty();
    }
}
