package dev.caravan.migration.notify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.caravan.migration.Settings;
import dev.caravan.migration.notify.Notice.Said;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;

/** E-mail. The first line of the template is the subject. */
final class Email implements Channel {

    static final String NAME = "email";

    private static final int CONNECT_MS = 5000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Words words;
    private final Path template;
    private final String from;
    private final List<String> to;
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setUseDaemonThread(true)
            .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)));
    private final MailClient client;

    /** @throws Problem CRV-692 when sender or receivers are missing, 687 when the password's file cannot be read */
    static void check(Settings.Email settings) {
        if (settings.from().isEmpty()) {
            throw new Problem("CRV-692", "caravan.notify.email.from");
        }
        if (settings.to().isEmpty()) {
            throw new Problem("CRV-692", "caravan.notify.email.to");
        }
        password(settings);
    }

    private static Optional<String> password(Settings.Email settings) {
        return Secrets.find("caravan.notify.email.password-file", settings.password(), settings.passwordFile());
    }

    /** @throws Problem as {@link #check} */
    Email(Settings.Email settings, Words words, Path templates) {
        this.words = words;
        this.template = templates.resolve(NAME + "." + words.locale().getLanguage() + ".txt");
        check(settings);
        this.from = settings.from().orElseThrow();
        this.to = settings.to().orElseThrow();
        this.client = MailClient.create(vertx, config(settings));
    }

    private static MailConfig config(Settings.Email settings) {
        var config = new MailConfig()
                .setHostname(settings.host().orElseThrow())
                .setPort(settings.port())
                .setStarttls(
                        settings.security() == Settings.Email.Security.STARTTLS
                                ? StartTLSOptions.REQUIRED
                                : StartTLSOptions.DISABLED)
                .setSsl(settings.security() == Settings.Email.Security.TLS)
                .setLogin(settings.user().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED)
                // Else the client asks the name service for this machine's name, with every mail, and may wait for it.
                .setOwnHostname(settings.from().orElseThrow().replaceAll(".*@|[>\\s]+$", ""))
                // A connection each: one that hangs must not hold up the next mail.
                .setKeepAlive(false);
        config.setConnectTimeout(CONNECT_MS);
        config.setHostnameVerificationAlgorithm("HTTPS");
        settings.user().ifPresent(config::setUsername);
        password(settings).ifPresent(config::setPassword);
        return config;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Words words() {
        return words;
    }

    @Override
    public void tell(Said said) throws NotDelivered {
        var text = new NoticeTemplate(template, value -> value)
                .fill("notice", said)
                .split("\\R", 2);
        var mail = new MailMessage()
                .setFrom(from)
                .setTo(to)
                .setSubject(text[0].strip())
                .setText(text.length == 1 ? "" : text[1].strip() + "\n");
        try {
            client.sendMail(mail).toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            var why = refused.getCause();
            var forGood = why instanceof SMTPException smtp && smtp.isPermanent();
            throw new NotDelivered(why instanceof SMTPException smtp ? code(smtp) : name(why), !forGood);
        } catch (TimeoutException silent) {
            throw new NotDelivered("no answer within " + PATIENCE.toSeconds() + " s", true);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NotDelivered("interrupted", false);
        }
    }

    private static String code(SMTPException refused) {
        return "SMTP " + refused.getReplyCode();
    }

    private static String name(Throwable why) {
        return why.getClass().getSimpleName();
    }

    @Override
    public void close() {
        client.close();
        vertx.close();
    }
}
