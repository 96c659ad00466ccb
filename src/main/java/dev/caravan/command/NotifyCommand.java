package dev.caravan.command;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import dev.caravan.ledger.Notices.Entry;
import dev.caravan.migration.Settings;
import dev.caravan.migration.notify.Notifier;
import dev.caravan.migration.notify.Told;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows who is told of the migration, or tries every channel. */
@Dependent
@Command(name = "notify")
class NotifyCommand extends Verb {

    private static final int SHOWN = 20;

    @Option(names = "--test", descriptionKey = "option.notify-test")
    private boolean test;

    @Inject
    Notifier notifier;

    @Inject
    Told told;

    @Inject
    Settings settings;

    @Inject
    Output output;

    @Override
    public Integer call() {
        if (!notifier.isWanted()) {
            throw new Problem("CRV-690");
        }
        return test ? test() : show();
    }

    private int test() {
        var tried = notifier.test();
        if (options().json()) {
            output.json(tried);
        } else {
            tried.forEach(one -> output.line(
                    one.failure() == null
                            ? words().say("notify.test.good", one.channel())
                            : words().say("notify.test.bad", one.channel(), one.failure())));
        }
        return tried.stream().allMatch(one -> one.failure() == null) ? ExitStatus.CLEAN : ExitStatus.ENVIRONMENT;
    }

    private int show() {
        List<Entry> last = told.last(SHOWN);
        if (options().json()) {
            output.json(Map.of("channels", notifier.channels(), "last", last));
            return ExitStatus.CLEAN;
        }
        output.line(words().say("notify.channels", String.join(", ", notifier.channels())));
        var second = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(settings.timeZone());
        last.forEach(one -> output.line(
                words().say("notify.last", second.format(one.created()), one.channel(), one.cause(), outcome(one))));
        return ExitStatus.CLEAN;
    }

    private String outcome(Entry one) {
        if (one.ended() == null) {
            return words().say("notify.last.way");
        }
        return one.failure() == null ? words().say("notify.last.good") : one.failure();
    }
}
