package dev.caravan.migration.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;

import dev.caravan.ledger.Run;
import dev.caravan.model.Problem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Settings, secrets and templates of the notices. */
class NoticeSettingsTest extends NoticesAtWork {

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
}
