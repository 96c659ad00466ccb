package dev.caravan.command;

import java.time.format.DateTimeFormatter;

import dev.caravan.migration.Settings;
import dev.caravan.migration.approval.Approving;
import dev.caravan.migration.approval.Binding;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the phase a run waits for, or approves it. */
@Dependent
@Command(name = "approve")
class ApproveCommand extends Verb {

    private static final int SHOWN_DIGITS = 12;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DIGEST", descriptionKey = "option.approve-digest")
    private String digest;

    @Inject
    Approving approving;

    @Inject
    Settings settings;

    @Inject
    Output output;

    @Override
    public Integer call() {
        if (digest == null) {
            show();
        } else {
            approve();
        }
        return ExitStatus.CLEAN;
    }

    private void approve() {
        var binding = approving.approve(System.getProperty("user.name"), digest);
        if (options().json()) {
            output.json(binding);
        } else {
            output.line(words().say("approve.done", binding.run(), phase(binding)));
        }
    }

    private void show() {
        var standing = approving.standing();
        if (options().json()) {
            output.json(standing);
        } else if (standing.waiting() == null) {
            output.line(words().say("approve.none"));
        } else {
            show(standing, standing.waiting());
        }
    }

    private void show(Approving.Standing standing, Binding binding) {
        var since = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz")
                .withZone(settings.timeZone())
                .format(standing.since());
        output.line(words().say("approve.waiting", binding.run(), since, phase(binding)));
        output.line(words().say("approve.starters", String.join(", ", standing.starters())));
        output.line(words().say("approve.fingerprint", binding.fingerprint()));
        binding.counts()
                .forEach((kind, counts) -> output.line(words().say(
                                "approve.count",
                                words().say("kind." + kind),
                                counts.getOrDefault("read", 0L),
                                counts.getOrDefault("delivered", 0L),
                                counts.getOrDefault("unchanged", 0L),
                                counts.getOrDefault("filtered", 0L),
                                counts.getOrDefault("dead", 0L))));
        output.line(words().say("approve.verdict", words().say("report.verdict." + binding.verdict())));
        output.line(words().say("approve.digest", binding.digest()));
        output.line(words().say("approve.how", binding.digest().substring(0, SHOWN_DIGITS)));
        if (standing.secondPerson()) {
            output.line(words().say("approve.second-person", String.join(", ", standing.starters())));
        }
    }

    private String phase(Binding binding) {
        return words().say("phase." + binding.phase());
    }
}
