package dev.caravan.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.caravan.migration.Settings;
import dev.caravan.migration.find.Answer;
import dev.caravan.migration.find.Finder;
import dev.caravan.migration.find.Found;
import dev.caravan.migration.find.FoundWords;
import dev.caravan.migration.find.Permalinks;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where something of the source is on the target, or why not; without any text of a message. */
@Dependent
@Command(name = "find")
class FindCommand extends Verb {

    /** Nobody waits for a page: whatever there is is read. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    @Parameters(paramLabel = "WHAT", arity = "0..1", descriptionKey = "parameter.find")
    private String what;

    @Option(names = "--person", paramLabel = "NAME", descriptionKey = "option.find-person")
    private String person;

    @Option(names = "--day", paramLabel = "YYYY-MM-DD", descriptionKey = "option.find-day")
    private String day;

    @Option(names = "--file", paramLabel = "NAME", descriptionKey = "option.find-file")
    private String file;

    @Option(names = "--conversation", paramLabel = "NAME", descriptionKey = "option.find-conversation")
    private String conversation;

    @Option(names = "--permalinks", paramLabel = "FILE", descriptionKey = "option.permalinks")
    private Path table;

    @Option(names = "--site", paramLabel = "URL", descriptionKey = "option.permalinks-site")
    private String site;

    @Inject
    Finder finder;

    @Inject
    Permalinks permalinks;

    @Inject
    Settings settings;

    @Inject
    Output output;

    @Override
    public Integer call() {
        if (table != null) {
            write();
            return ExitStatus.CLEAN;
        }
        var answer = ask();
        if (options().json()) {
            output.json(answer);
        } else {
            print(answer);
        }
        return ExitStatus.CLEAN;
    }

    private void write() {
        permalinks.check(site);
        try (var out = Files.newOutputStream(table)) {
            permalinks.write(site, out);
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-663", table, denied.getMessage());
        }
        output.line(words().say("find.written", table));
    }

    private Answer ask() {
        var scope = new Finder.Scope(conversation, null, PATIENCE);
        if (what != null) {
            return finder.find(what, PATIENCE);
        }
        if (person != null && day != null) {
            return finder.of(person, day, scope);
        }
        if (file != null) {
            return finder.file(file, scope);
        }
        throw new Problem("CRV-662");
    }

    private void print(Answer answer) {
        answer.found().forEach(one -> output.line(line(one)));
        if (answer.found().isEmpty()) {
            output.line(words().say("console.found-nothing"));
        }
        if (answer.more()) {
            output.line(words().say("console.found-more"));
        }
        if (answer.looked() != null) {
            output.line(FoundWords.looked(answer.looked(), words()));
        }
    }

    private String line(Found one) {
        var second =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(settings.timeZone());
        return Stream.of(
                        words().say("find.kind." + one.kind().word()),
                        one.id(),
                        one.file() == null ? null : one.file().name(),
                        one.time() == null ? null : second.format(one.time()),
                        one.conversationName() == null ? one.conversation() : one.conversationName(),
                        words().say("console.became." + one.became().name()),
                        one.where() == null ? null : one.where().address(),
                        one.where() == null ? null : FoundWords.where(one.where(), words(), second),
                        one.why(),
                        one.letter() == null ? null : words().say("console.letter-number", Long.toString(one.letter())))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("  "));
    }
}
