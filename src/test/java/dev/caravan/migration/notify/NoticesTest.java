package dev.caravan.migration.notify;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.caravan.TestClock;
import dev.caravan.TestMigration;
import dev.caravan.ledger.Notices.Entry;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import dev.caravan.migration.Halt;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.model.Problem;
import dev.caravan.transport.http.Backoff;
import jakarta.mail.Message;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** People are told how a migration of the sample goes, by robots and servers that check what they get. */
@Timeout(120)
class NoticesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> ROBOTS = List.of("wecom", "dingtalk", "feishu", "slack", "mattermost", "webhook");

    @TempDir
    Path folder;

    private final List<String> logged = new ArrayList<>();
    private final List<Notifier> notifiers = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private RobotReceiver robots;
    private TestMigration migration;
    private TestClock clock;

    @BeforeEach
    void prepare() throws IOException {
        robots = new RobotReceiver();
        clock = new TestClock(Instant.now().toString());
        migration = new TestMigration(folder)
                .with("caravan.source.path", "sample/acme-slack-export.zip")
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com")
                .with("caravan.sink.bot-owner", "admin");
        Logger.getLogger(Outbox.class.getName()).addHandler(handler);
    }

    @AfterEach
    void end() {
        Logger.getLogger(Outbox.class.getName()).removeHandler(handler);
        notifiers.forEach(Notifier::close);
        robots.close();
    }

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

    @Test
    void what_is_wrong_with_a_setting_is_told_without_its_value() {
        migration.with("caravan.notify.slack.url", "hooks.slack.com/services/T0/B0/topsecret");
        assertThatThrownBy(migration::run)
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-684 caravan.notify.slack.url")
                .hasMessageNotContaining("topsecret");
        migration.without("caravan.notify.slack.url").with("caravan.notify.slack.url-file", "nowhere.txt");
        assertThatThrownBy(migration::run).hasMessageStartingWith("CRV-687");
        migration.without("caravan.notify.slack.url-file").with("caravan.notify.email.host", "127.0.0.1");
        assertThatThrownBy(migration::run).hasMessageStartingWith("CRV-692 The setting caravan.notify.email.from");
    }

    @Test
    void secrets_may_stand_in_files_and_templates_are_the_operators() throws IOException {
        migration
                .with("caravan.notify.webhook.url-file", file("url", robots.url("webhook")))
                .with("caravan.notify.webhook.secret-file", file("secret", RobotReceiver.SECRET));
        migration.route("notices/webhook.en.json", "{ \"mine\": \"{notice.title}\" }");
        var notifier = notifier();
        assertThat(notifier.test()).extracting(Notifier.Tried::failure).containsOnlyNulls();
        assertThat(robots.taken("webhook").get(0).path("mine").asText()).startsWith("Caravan can tell");

        migration.route("notices/webhook.en.json", "{ \"mine\": {notice.title} }");
        assertThat(notifier.test().get(0).failure()).startsWith("CRV-686");
        migration.route("notices/webhook.en.json", "{ \"mine\": \"{notice.nothing}\" }");
        assertThat(notifier.test().get(0).failure()).startsWith("CRV-685");
        Files.delete(folder.resolve("routes/notices/webhook.en.json"));
        assertThat(notifier.test().get(0).failure()).startsWith("CRV-685");
    }

    @Test
    void a_template_edited_while_a_run_is_interrupted_does_not_keep_it_from_going_on() {
        migration.with("caravan.approval.phases", "seal");
        var run = CompletableFuture.supplyAsync(migration::run);
        Awaitility.await().atMost(PATIENCE).until(() -> migration.progress().halt() != null);
        migration.stop();
        run.join();

        migration.route("notices/slack.en.json", "{ \"text\": \"{notice.title}\" }");
        migration.without("caravan.approval.phases");

        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content + "\n").toString();
    }

    private void with(String robot) {
        migration.with("caravan.notify." + robot + ".url", robots.url(robot));
        if (List.of("dingtalk", "feishu", "webhook").contains(robot)) {
            migration.with("caravan.notify." + robot + ".secret", RobotReceiver.SECRET);
        }
    }

    private Notifier notifier() {
        var settings = migration.settings();
        var notifier = new Notifier(
                settings,
                new LedgerAccess(settings),
                clock,
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(20), new SplittableRandom(1)));
        notifiers.add(notifier);
        return notifier;
    }

    /** As another process would from here on. */
    private void watch() {
        var notifier = notifier();
        migration.toldTo((settings, progress) -> new RunNotices(notifier, progress, settings, clock));
    }

    private void flush() {
        notifiers.forEach(notifier -> notifier.flush(PATIENCE));
    }

    private List<Entry> told() {
        return new Told(new LedgerAccess(migration.settings())).last(1000);
    }

    private List<String> titles() {
        return robots.taken("webhook").stream()
                .map(message -> message.path("title").asText())
                .toList();
    }

    private String content(String robot, String place) {
        List<JsonNode> taken = robots.taken(robot);
        assertThat(Set.of(taken.size())).containsExactly(1);
        return taken.get(0).at(place).asText();
    }
}
