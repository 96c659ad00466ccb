package dev.caravan.connector.agora;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import dev.caravan.agora.AgoraStub;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AgoraForecastTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aMillionMessagesTakeAsLongAsTheVendorsRateSays() {
        assertThat(million("starter").result(1).duration()).isEqualTo(Duration.ofSeconds(10_000));
        assertThat(million("free").result(1).duration()).isEqualTo(Duration.ofSeconds(100_000));
        assertThat(million("starter").result(0.5).duration()).isEqualTo(Duration.ofSeconds(20_000));
    }

    @Test
    void whatWillBeLostOrLookOtherwiseIsCounted() {
        var forecast = new AgoraForecast(with("plan", "free", "groupHistory", "shift"), NOW);
        for (int n = 0; n < 101; n++) {
            forecast.member("big", "u" + n);
            forecast.member("g" + n, "busy");
        }
        forecast.message(true, NOW.minus(Duration.ofDays(8)), 1, 0);
        forecast.message(false, NOW.minus(Duration.ofDays(6)), 1, 0);

        var result = forecast.result(1);

        assertThat(result.withImportDate()).isEqualTo(1);
        assertThat(result.refused()).isZero();
        assertThat(result.outsideRetention()).isEqualTo(1);
        assertThat(result.groupsOverPlan()).isEqualTo(1);
        assertThat(result.groupsTooMany()).isEqualTo(2);
        assertThat(result.usersOverGroups()).isEqualTo(1);
        assertThat(result.usersOverConversations()).isEqualTo(1);
        assertThat(result.groupsWithoutPush()).isZero();
    }

    @Test
    void aOneToOneConversationIsNoGroupOfThePlans() {
        var forecast = new AgoraForecast(with("plan", "free"), NOW);
        for (int n = 0; n < 100; n++) {
            forecast.member("g" + n, "busy");
        }
        forecast.direct("busy");

        assertThat(forecast.result(1).usersOverGroups()).isZero();
    }

    private static AgoraForecast million(String plan) {
        var forecast = new AgoraForecast(with("plan", plan, "groupHistory", "shift"), NOW);
        for (int n = 0; n < 1_000_000; n++) {
            forecast.message(false, NOW, 1, 0);
        }
        return forecast;
    }

    private static Map<String, String> with(String... more) {
        var properties = new TreeMap<String, String>(Map.of(
                "restUrl",
                "https://a61.chat.agora.io/org/app",
                "appId",
                AgoraStub.APP_ID,
                "appCertificate",
                AgoraStub.CERTIFICATE,
                "groupOwner",
                "keeper"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }
}
