package dev.caravan.command;

import java.time.ZoneId;
import java.util.Locale;

import dev.caravan.ledger.LetterFilter;
import dev.caravan.migration.letters.LetterWords;
import dev.caravan.model.Kind;
import picocli.CommandLine.Option;

/** Names letters by what they have in common. */
class LetterFilterOptions {

    @Option(names = "--cause", paramLabel = "CAUSE", descriptionKey = "option.cause")
    private String cause;

    @Option(names = "--subject", paramLabel = "ID", descriptionKey = "option.subject")
    private String subject;

    @Option(names = "--stage", paramLabel = "STAGE", descriptionKey = "option.stage")
    private String stage;

    @Option(names = "--kind", paramLabel = "KIND", descriptionKey = "option.kind")
    private Kind kind;

    @Option(names = "--conversation", paramLabel = "ID", descriptionKey = "option.conversation")
    private String conversation;

    @Option(names = "--from", paramLabel = "DAY", descriptionKey = "option.letters-from")
    private String from;

    @Option(names = "--to", paramLabel = "DAY", descriptionKey = "option.letters-to")
    private String to;

    /** @throws dev.caravan.model.Problem CRV-645 */
    LetterFilter filter(ZoneId zone) {
        var kindWord = kind == null ? null : kind.name().toLowerCase(Locale.ROOT);
        return new LetterWords(cause, subject, stage, kindWord, null, conversation, from, to).filter(zone);
    }
}
