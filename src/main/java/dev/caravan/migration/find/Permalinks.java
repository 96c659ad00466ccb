package dev.caravan.migration.find;

import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.caravan.ledger.Arrivals.Arrival;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Letter;
import dev.caravan.ledger.LetterFilter;
import dev.caravan.ledger.LetterState;
import dev.caravan.ledger.Paged;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Settings;
import dev.caravan.migration.report.CsvFile;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.model.Problem;
import dev.caravan.transport.SourceAddresses;
import dev.caravan.transport.TargetPlaces;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

/** A table from the old address of each message to the new one, for wikis, tickets and whatever else links to messages. */
@ApplicationScoped
public class Permalinks {

    private static final Pattern SITE = Pattern.compile("https?://[A-Za-z0-9.-]{1,253}(:\\d{1,5})?");
    private static final int PAGE = 1000;

    private final Settings settings;
    private final LedgerAccess ledgers;
    private final List<SourceAddresses> addresses;
    private final List<TargetPlaces> places;

    public Permalinks(
            Settings settings,
            LedgerAccess ledgers,
            @All List<SourceAddresses> addresses,
            @All List<TargetPlaces> places) {
        this.settings = settings;
        this.ledgers = ledgers;
        this.addresses = addresses;
        this.places = places;
    }

    /**
     * Looks whether a table can be made, before the first byte of it goes out.
     *
     * @param site the source's own web address, {@code https://acme.slack.com}; null or empty leaves the old address out
     * @throws Problem CRV-661 for an address that is none, CRV-303 where there is no ledger
     */
    public void check(String site) {
        if (!none(site) && !SITE.matcher(site(site)).matches()) {
            throw new Problem("CRV-661", site);
        }
        ledgers.openReadOnly().close();
    }

    /** One line a message, by conversation and time; at the end those that wait as dead letters. Row by row out of the ledger. */
    public void write(String site, OutputStream out) {
        check(site);
        try (Ledger ledger = ledgers.openReadOnly();
                var csv = new CsvFile(
                        out,
                        "source_id",
                        "source_address",
                        "source_time",
                        "conversation",
                        "target_conversation",
                        "target_address",
                        "target_id",
                        "target_time",
                        "state")) {
            var there = new Places(places, settings, ledger);
            int lane = 0;
            for (var link : byNumber(ledger)) {
                if (link.number() > lane) {
                    lane = link.number();
                    conversation(ledger, there, link, site, csv);
                }
            }
            letters(ledger, site, csv);
        }
    }

    /** Conversations that became one share a number, and their messages a lane. */
    private static List<Link> byNumber(Ledger ledger) {
        return ledger.links().ofKind(Kind.CHANNEL).stream()
                .filter(link -> !link.leftOut())
                .sorted(java.util.Comparator.comparingInt(Link::number))
                .toList();
    }

    private void conversation(Ledger ledger, Places there, Link link, String site, CsvFile csv) {
        var placeId = there.placeId(link);
        try (var messages = ledger.arrivals().messages(link.number())) {
            while (messages.hasNext()) {
                var message = messages.next();
                if (message.objects() > 0) {
                    row(link, message, there.address(link, message, placeId), site, csv);
                }
            }
        }
    }

    private void row(Link link, Arrival message, String address, String site, CsvFile csv) {
        var id = message.key().id();
        csv.row(
                id,
                address(site, id).orElse(""),
                LedgerLookup.instant(message.key().time()),
                link.name(),
                link.target(),
                message.arrived() ? address : "",
                message.targetId(),
                Instant.ofEpochMilli(message.shown()),
                message.arrived() ? "arrived" : "in-doubt");
    }

    private void letters(Ledger ledger, String site, CsvFile csv) {
        for (var state : LetterState.WAITING) {
            var filter = LetterFilter.ALL.withKind(Kind.MESSAGE).withState(state);
            new Paged<>(0L, after -> ledger.deadLetters().list(filter, after, PAGE), Letter.Head::id).each(letter -> {
                if (letter.part() == null && letter.sourceId() != null) {
                    csv.row(
                            letter.sourceId(),
                            address(site, letter.sourceId()).orElse(""),
                            LedgerLookup.instant(letter.time()),
                            letter.conversation(),
                            "",
                            "",
                            "",
                            "",
                            "dead-letter " + letter.id());
                }
            });
        }
    }

    private Optional<String> address(String site, String id) {
        return none(site)
                ? Optional.empty()
                : addresses.stream()
                        .filter(one -> one.sourceKind().equals(settings.source().kind()))
                        .findFirst()
                        .flatMap(one -> one.address(site(site), id));
    }

    private static boolean none(String site) {
        return site == null || site.isBlank();
    }

    private static String site(String typed) {
        var site = typed.strip().toLowerCase(Locale.ROOT);
        return site.endsWith("/") ? site.substring(0, site.length() - 1) : site;
    }
}
