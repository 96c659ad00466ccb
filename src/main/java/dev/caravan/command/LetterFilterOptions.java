package dev.caravan.command;

import dev.caravan.ledger.LetterFilter;
import dev.caravan.model.Kind;
import picocli.CommandLine.Option;

/** Names letters by what they have in common. */
class LetterFilterOptions {

    @Option(names = "--cause", paramLabel = "CAUSE", descriptionKey = "option.cause")
    private String cause;

    @Option(names = "--kind", paramLabel = "KIND", descriptionKey = "option.kind")
    private Kind kind;

    @Option(names = "--conversation", paramLabel = "ID", descriptionKey = "option.conversation")
    private String conversation;

    LetterFilter filter() {
        return LetterFilter.ALL.withCause(cause).withKind(kind).withConversation(conversation);
    }
}
