package dev.caravan.migration.notify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import dev.caravan.TestClock;
import dev.caravan.TestMigration;
import dev.caravan.ledger.Notices.Entry;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.transport.http.Backoff;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A migration of the sample that tells people how it goes, by robots and servers that check what they get. */
@Timeout(120)
abstract class NoticesAtWork {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final List<String> ROBOTS = List.of("wecom", "dingtalk", "feishu", "slack", "mattermost", "webhook");

    @TempDir
    Path folder;

    final List<String> logged = new ArrayList<>();
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
    RobotReceiver robots;
    TestMigration migration;
    TestClock clock;

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

    void with(String robot) {
        migration.with("caravan.notify." + robot + ".url", robots.url(robot));
        if (List.of("dingtalk", "feishu", "webhook").contains(robot)) {
            migration.with("caravan.notify." + robot + ".secret", RobotReceiver.SECRET);
        }
    }

    Notifier notifier() {
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
    void watch() {
        var notifier = notifier();
        migration.toldTo((settings, progress) -> new RunNotices(notifier, progress, settings, clock));
    }

    void flush() {
        notifiers.forEach(notifier -> notifier.flush(PATIENCE));
    }

    List<Entry> told() {
        return new Told(new LedgerAccess(migration.settings())).last(1000);
    }

    List<String> titles() {
        return robots.taken("webhook").stream()
                .map(message -> message.path("title").asText())
                .toList();
    }
}
