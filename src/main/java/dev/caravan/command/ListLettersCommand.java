package dev.caravan.command;

import java.util.List;

import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterState;
import dev.caravan.migration.Settings;
import dev.caravan.migration.letters.LetterView;
import dev.caravan.migration.letters.Letters;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists letters page by page, without any text of theirs. */
@Dependent
@Command(name = "list")
class ListLettersCommand extends Verb {

    @Mixin
    private LetterFilterOptions filter;

    @Option(names = "--state", paramLabel = "STATE", descriptionKey = "option.state")
    private LetterState state;

    @Option(names = "--after", paramLabel = "ID", descriptionKey = "option.after")
    private long after;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", descriptionKey = "option.limit")
    private int limit;

    @Inject
    Settings settings;

    @Inject
    Letters letters;

    @Inject
    Output output;

    /** @param next what to give as {@code --after} for the next page; null on the last */
    record Page(List<LetterView> letters, Long next) {}

    @Override
    public Integer call() {
        int most = Math.max(1, limit);
        var found = letters.list(filter.filter(settings.timeZone()).withState(state), after, most);
        Long next = found.size() == most ? found.get(most - 1).id() : null;
        if (options().json()) {
            output.json(new Page(found.stream().map(LetterView::of).toList(), next));
            return ExitStatus.CLEAN;
        }
        found.forEach(letter -> output.line(line(letter)));
        if (found.isEmpty()) {
            output.line(words().say("letters.none"));
        } else if (next != null) {
            output.line(words().say("letters.more", Long.toString(next)));
        }
        return ExitStatus.CLEAN;
    }

    private String line(Letter.Head letter) {
        return "%6d  %-10s %-10s %-24s %s"
                .formatted(
                        letter.id(),
                        words().say("letter.state." + letter.state().name().toLowerCase(java.util.Locale.ROOT)),
                        letter.part() == null ? letter.kind().word() : letter.part(),
                        letter.cause(),
                        letter.origin());
    }
}
