package dev.caravan.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.caravan.migration.LedgerAccess;
import jakarta.enterprise.context.ApplicationScoped;
import picocli.CommandLine.ParseResult;

/** Writes down who gave a command that changes something, before it is carried out; where no ledger is yet, nothing is changed. */
@ApplicationScoped
class Noting {

    private static final Set<String> CHANGING =
            Set.of("run", "verify", "probe", "pause", "resume", "rollback", "replay", "edit", "waive");

    /** Settings may hold secrets, and the others change nothing but how it is told. */
    private static final Set<String> LEFT_OUT = Set.of("-D", "--json", "--lang");

    private final LedgerAccess ledgers;

    Noting(LedgerAccess ledgers) {
        this.ledgers = ledgers;
    }

    /** @throws dev.caravan.model.Problem CRV-305 to 307 when it cannot be written down: it is not carried out then */
    void note(ParseResult given) {
        var words = new ArrayList<String>();
        var one = given;
        while (one.hasSubcommand()) {
            one = one.subcommand();
            words.add(one.commandSpec().name());
        }
        if (words.isEmpty() || !CHANGING.contains(words.get(words.size() - 1)) || one.isUsageHelpRequested()) {
            return;
        }
        words.addAll(arguments(one));
        ledgers.findReadOnly().ifPresent(ledger -> {
            ledger.close();
            ledgers.audit().add(System.getProperty("user.name"), "command", String.join(" ", words));
        });
    }

    private static List<String> arguments(ParseResult command) {
        var words = new ArrayList<String>();
        command.matchedPositionals().forEach(one -> words.addAll(one.originalStringValues()));
        command.matchedOptions().stream()
                .filter(option -> !LEFT_OUT.contains(option.names()[0]))
                .forEach(option -> {
                    words.add(option.longestName());
                    words.addAll(option.originalStringValues());
                });
        return words;
    }
}
