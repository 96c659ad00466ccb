package dev.caravan.packaged;

import java.io.IOException;
import java.nio.file.Path;

import dev.caravan.migration.notify.RobotReceiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Notices of the packaged application: tried by a command, told before a short run's process ends. */
class NotifyIT {

    @TempDir
    Path folder;

    @Test
    void channelsOfTheEnvironmentAreTriedAndTellOfARun() throws IOException {
        try (var robots = new RobotReceiver()) {
            var app = PackagedApp.demo(folder);
            assertThat(app.run("notify", "--test").err()).startsWith("CRV-690");
            assertThat(app.run("notify", "-D", "caravan.notify.slack.url=" + robots.url("slack"))
                            .err())
                    .startsWith("CRV-689 caravan.notify.slack.url")
                    .doesNotContain(RobotReceiver.KEY);
            assertThat(app.run("check", "-Dcaravan.sink.as-token=hush").err())
                    .startsWith("CRV-689 caravan.sink.as-token")
                    .doesNotContain("hush");

            app.environment("CARAVAN_NOTIFY_DINGTALK_URL", robots.url("dingtalk"))
                    .environment("CARAVAN_NOTIFY_DINGTALK_SECRET", RobotReceiver.SECRET)
                    .environment("CARAVAN_NOTIFY_WECOM_URL", robots.url("wecom").replace(RobotReceiver.KEY, "wrong"));
            var test = app.run("notify", "--test");
            assertThat(test.status()).isEqualTo(3);
            assertThat(test.out()).contains("dingtalk: taken", "wecom: not taken: {\"errcode\":93000");
            assertThat(robots.taken("dingtalk")).hasSize(1);

            var run = app.run("run");
            assertThat(run.status()).isEqualTo(4);
            assertThat(run.err())
                    .containsOnlyOnce("CRV-688 Notices by wecom do not arrive")
                    .doesNotContain("key=");
            assertThat(robots.taken("dingtalk")).hasSize(7);
            assertThat(app.run("notify").out())
                    .contains("Channels: wecom, dingtalk", "result:1  arrived", "result:1  {\"errcode\":93000");
        }
    }
}
