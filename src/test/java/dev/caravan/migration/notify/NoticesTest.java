package dev.caravan.migration.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.caravan.ledger.Notices.Entry;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.migration.Halt;
import jakarta.mail.Message;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What people are told of a run. */
class NoticesTest extends NoticesAtWork {

    @Test
    void every_channel_tells_phases_dead_letters_and_the_result_of_a_run() throws Exception {
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            ROBOTS.forEach(this::with);
            migration
                    .with("caravan.notify.email.host", "127.0.0.1")
                    .with(
                            "caravan.notify.email.port",
                            Integer.toString(mail.getSmtp().getPort()))
                    .with("caravan.notify.email.security", "none")
                    .with("caravan.notify.email.from", "caravan@example.com")
                    .with("caravan.notify.email.to", "ann@example.com,bob@example.com")
                    .with("caravan.notify.email.lang", "zh");
            watch();

            assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
            flush();

            assertThat(told()).hasSize((int) (7 * (5 + causes()))).allSatisfy(entry -> {
                assertThat(entry.ended()).isNotNull();
                assertThat(entry.failure()).isNull();
            });
            assertThat(logged).isEmpty();
            for (String robot : ROBOTS) {
                assertThat(robots.taken(robot)).as(robot).hasSize(6);
                assertThat(robots.calls(robot)).as(robot).isEqualTo(6);
            }
            assertThat(titles())
                    .containsExactly(
                            "Run 1: the phase \"People and channels\" begins",
                            "Run 1: the phase \"Messages\" begins",
                            "Run 1: the phase \"Building the package\" begins",
                            "Run 1: the phase \"Verifying\" begins",
                            "Run 1: 4 dead letters of 242 records",
                            "Run 1 is completed. The target differs from the source.");
            assertThat(robots.taken("webhook").get(4).path("lines").toString()).contains("json-syntax");
            assertThat(robots.taken("slack").get(5).at("/blocks/0/text/text").asText())
                    .contains("Messages: 123 read, 117 on the target")
                    .contains("4 dead letters wait");
            assertThat(mail.getReceivedMessages()).hasSize(12).allSatisfy(message -> {
                assertThat(message.getRecipients(Message.RecipientType.TO)).hasSize(2);
                assertThat(message.getHeader("Message-ID")[0]).endsWith("@example.com>");
            });
            assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("[Caravan] 第 1 次运行：阶段“人员与频道”开始");
        } finally {
            mail.stop();
        }
    }

    private long causes() {
        return told().stream()
                .filter(entry -> entry.event().equals("dead-letters"))
                .map(Entry::cause)
                .distinct()
                .count();
    }

    @Test
    void each_channel_may_have_a_language_of_its_own() {
        with("feishu");
        with("webhook");
        migration.with("caravan.notify.lang", "zh").with("caravan.notify.webhook.lang", "en");
        watch();
        migration.run();
        flush();

        assertThat(robots.taken("feishu").get(0).at("/content/post/zh_cn/title").asText())
                .isEqualTo("第 1 次运行：阶段“人员与频道”开始");
        assertThat(titles().get(0)).startsWith("Run 1");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_cause_is_told_once_an_hour_whatever_process_tells_it(TestDatabase database) {
        migration.on(database);
        with("webhook");
        watch();
        migration.run();
        flush();
        assertThat(titles())
                .filteredOn(title -> title.contains("dead letters of"))
                .hasSize(1);

        watch();
        migration.run();
        flush();
        assertThat(titles())
                .filteredOn(title -> title.contains("dead letters of"))
                .hasSize(1);
        assertThat(titles()).filteredOn(title -> title.contains("is completed")).hasSize(2);

        clock.set(Instant.now().plus(Duration.ofMinutes(61)).toString());
        watch();
        migration.run();
        flush();
        assertThat(titles())
                .filteredOn(title -> title.contains("dead letters of"))
                .hasSize(2);
    }

    @Test
    void few_dead_letters_are_no_news() {
        with("webhook");
        migration.with("caravan.notify.dead-letter-share", "0.5");
        watch();
        migration.run();
        flush();

        assertThat(titles()).hasSize(5).noneMatch(title -> title.contains("dead letters of"));
    }

    @Test
    void a_run_that_waits_is_told_and_one_that_is_stopped() {
        with("webhook");
        migration.with("caravan.approval.phases", "history");
        watch();
        var run = CompletableFuture.supplyAsync(migration::run);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> migration.progress().halt(), halt -> halt != null && halt.why() == Halt.Why.APPROVAL);
        Awaitility.await().atMost(PATIENCE).until(() -> titles().contains("Run 1 writes nothing"));
        migration.stop();
        assertThat(run.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(Run.State.INTERRUPTED);

        assertThat(robots.taken("webhook").get(1).path("lines").get(0).asText()).contains("approve the phase");
        assertThat(titles()).contains("Run 1 was stopped before its end");
    }

    @Test
    void a_failure_is_told_with_its_code() {
        with("webhook");
        watch();
        migration.route("mappings/mattermost-bulk/to/message.jslt", "null");

        assertThatThrownBy(migration::run).isInstanceOf(RuntimeException.class);
        flush();

        var last = robots.taken("webhook").get(robots.taken("webhook").size() - 1);
        assertThat(last.path("event").asText()).isEqualTo("failure");
        assertThat(last.path("title").asText()).isEqualTo("Run 1 (\"run\") failed");
        assertThat(last.path("lines").get(0).asText()).startsWith("CRV-");
    }
}
