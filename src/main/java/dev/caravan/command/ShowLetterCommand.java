package dev.caravan.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ledger.Letter;
import dev.caravan.migration.letters.LetterView;
import dev.caravan.migration.letters.Letters;
import dev.caravan.model.Refusal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one letter with its record, which may hold the text of a message. */
@Dependent
@Command(name = "show")
class ShowLetterCommand extends Verb {

    @Parameters(paramLabel = "ID", descriptionKey = "parameter.letter")
    private long id;

    @Option(names = "--raw", descriptionKey = "option.raw")
    private boolean raw;

    @Inject
    Letters letters;

    @Inject
    Output output;

    /**
     * @param raw the bytes as read; in JSON as Base64, like {@code edited}
     * @param edited what somebody made of them, or null
     * @param proposals by field, what the text may have been; null when there are none
     */
    record Shown(LetterView letter, byte[] raw, byte[] edited, JsonNode proposals) {}

    @Override
    public Integer call() throws IOException {
        var letter = letters.show(id);
        if (raw) {
            output.bytes(letter.raw());
        } else if (options().json()) {
            output.json(new Shown(LetterView.of(letter.head()), letter.raw(), letter.edited(), proposals(letter)));
        } else {
            print(letter);
        }
        return ExitStatus.CLEAN;
    }

    private static JsonNode proposals(Letter letter) {
        return letter.context() == null ? null : letter.context().get(Refusal.PROPOSALS);
    }

    private void print(Letter letter) {
        var head = letter.head();
        output.line(words().say(
                        "letter.head",
                        Long.toString(head.id()),
                        words().say("letter.state." + head.state().name().toLowerCase(Locale.ROOT)),
                        head.part() == null ? head.kind().word() : head.part(),
                        head.attempts()));
        output.line(words().say("letter.place", head.origin(), String.valueOf(head.conversation())));
        output.line(words().say("letter.cause", head.stage(), head.cause(), String.valueOf(head.detail())));
        output.line(words().orElse("letter.advice." + head.cause(), "letter.advice"));
        output.line(words().say("letter.raw", letter.raw().length));
        output.line(new String(letter.raw(), StandardCharsets.UTF_8));
        var proposals = proposals(letter);
        if (proposals != null) {
            output.line(words().say("letter.proposals"));
            proposals
                    .properties()
                    .forEach(proposal -> output.line(
                            proposal.getKey() + ": " + proposal.getValue().asText()));
        }
        if (letter.edited() != null) {
            output.line(words().say("letter.edited"));
            output.line(new String(letter.edited(), StandardCharsets.UTF_8));
        }
    }
}
