package dev.caravan.migration.find;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.caravan.ledger.Ledger;
import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Migration;
import dev.caravan.migration.RunFactory;
import dev.caravan.migration.Settings;
import dev.caravan.migration.look.SourceReading;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.model.Problem;
import dev.caravan.transport.SourceAddresses;
import dev.caravan.transport.SourceAddresses.Named;
import dev.caravan.transport.TargetPlaces;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Where something of the source is on the target, or why it is not there. What the ledger knows is answered from it; what it
 * does not know, and what is asked for by person and day or by file, is looked for in the source.
 */
@ApplicationScoped
public class Finder {

    private final Settings settings;
    private final LedgerAccess ledgers;
    private final RunFactory runs;
    private final SourceReading source;
    private final List<SourceAddresses> addresses;
    private final List<TargetPlaces> places;

    public Finder(
            Settings settings,
            LedgerAccess ledgers,
            RunFactory runs,
            SourceReading source,
            @All List<SourceAddresses> addresses,
            @All List<TargetPlaces> places) {
        this.settings = settings;
        this.ledgers = ledgers;
        this.runs = runs;
        this.source = source;
        this.addresses = addresses;
        this.places = places;
    }

    /**
     * Where a look through the source goes.
     *
     * @param conversation id or name of the only one; null for all
     * @param after the conversation after which it goes on, see {@link Answer.Looked#next}; null for the first
     * @param time after which no further conversation is begun
     */
    public record Scope(String conversation, String after, Duration time) {}

    /**
     * By what people have of it.
     *
     * @param text a permalink, an id, or the name of a person or conversation
     * @param time that a look into the source may take
     * @throws Problem CRV-303, CRV-310 where no run was yet
     */
    public Answer find(String text, Duration time) {
        var wanted = text.strip();
        try (Ledger ledger = ledgers.openReadOnly()) {
            var known = lookup(ledger);
            var message = named(wanted);
            if (message.isPresent()) {
                return message(ledger, known, message.get(), time);
            }
            var name = wanted.startsWith("@") || wanted.startsWith("#") ? wanted.substring(1) : wanted;
            var found = new ArrayList<Found>();
            if (!wanted.startsWith("#")) {
                found.addAll(known.named(Kind.USER, name));
            }
            if (!wanted.startsWith("@")) {
                found.addAll(known.named(Kind.CHANNEL, name));
            }
            if (found.isEmpty()) {
                found.addAll(known.letters(wanted));
            }
            return Answer.of(found);
        }
    }

    private Answer message(Ledger ledger, LedgerLookup known, Named message, Duration time) {
        var found = known.message(message.conversation(), message.id(), message.time());
        return found.isEmpty()
                ? new SourceLookup(source, look(ledger), known, time)
                        .in(List.of(message.conversation()), Wanted.message(message.id(), message.time()))
                : Answer.of(found);
    }

    /** By the source's own addresses; else an id is that of a conversation, a slash, and what is within it. */
    private Optional<Named> named(String text) {
        var byAddress = addresses.stream()
                .filter(one -> one.sourceKind().equals(settings.source().kind()))
                .findFirst()
                .flatMap(one -> one.message(text));
        var slash = text.indexOf('/');
        return byAddress.or(() -> slash <= 0 || text.contains("://") || text.contains(" ")
                ? Optional.empty()
                : Optional.of(new Named(text.substring(0, slash), text, 0)));
    }

    /**
     * What somebody wrote on one day.
     *
     * @param person id or name, at the source or on the target
     * @param day in the migration's time zone: {@code 2024-01-31}
     * @throws Problem CRV-660 for a day that is none; see also {@link #find}
     */
    public Answer of(String person, String day, Scope scope) {
        long from = start(day, 0, settings.timeZone());
        long until = start(day, 1, settings.timeZone());
        try (Ledger ledger = ledgers.openReadOnly()) {
            return read(ledger, scope, new Wanted(from, until, null, people(ledger, person), null));
        }
    }

    /**
     * The messages that carry a file of this name, in any case of letters.
     *
     * @throws Problem see {@link #find}
     */
    public Answer file(String name, Scope scope) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            return read(ledger, scope, new Wanted(Long.MIN_VALUE, Long.MAX_VALUE, null, Set.of(), name.strip()));
        }
    }

    private Answer read(Ledger ledger, Scope scope, Wanted wanted) {
        var look = look(ledger);
        return new SourceLookup(source, look, lookup(ledger), scope.time())
                .in(conversations(ledger, look, scope), wanted);
    }

    private static List<String> conversations(Ledger ledger, ActiveRun look, Scope scope) {
        if (!look.byConversation()) {
            return List.of("");
        }
        var all = scope.conversation() == null
                ? ledger.links().ofKind(Kind.CHANNEL)
                : ledger.links().named(Kind.CHANNEL, withoutMark(scope.conversation()));
        return all.stream()
                .map(Link::sourceId)
                .filter(id -> scope.after() == null || id.compareTo(scope.after()) > 0)
                .sorted()
                .toList();
    }

    private static String withoutMark(String name) {
        var text = name.strip();
        return text.startsWith("#") || text.startsWith("@") ? text.substring(1) : text;
    }

    /** Several may have been called the same; one whom no list names is known by the id alone. */
    private static Set<String> people(Ledger ledger, String person) {
        var text = withoutMark(person);
        var known = ledger.links().named(Kind.USER, text).stream()
                .map(Link::sourceId)
                .collect(Collectors.toSet());
        return known.isEmpty() ? Set.of(text) : known;
    }

    private static long start(String day, int later, ZoneId zone) {
        try {
            return TimeUnit.SECONDS.toMicros(LocalDate.parse(day.strip())
                    .plusDays(later)
                    .atStartOfDay(zone)
                    .toEpochSecond());
        } catch (DateTimeParseException none) {
            throw new Problem("CRV-660", day);
        }
    }

    private LedgerLookup lookup(Ledger ledger) {
        return new LedgerLookup(ledger, new Places(places, settings, ledger));
    }

    /** The road as it is now, over what the ledger knows. */
    private ActiveRun look(Ledger ledger) {
        return runs.create(0, ledger.runs().last(Migration.COMMAND).orElseThrow(() -> new Problem("CRV-310")), ledger);
    }
}
