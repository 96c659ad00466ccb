package dev.caravan.migration.verification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Row;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.transform.link.TargetText;

/** Compares people, conversations and emoji, which are held in memory by their names on the target. */
final class DirectoryComparison {

    /** A direct conversation cannot be archived on the target. */
    static final String DIRECT_ARCHIVED = "direct-archived";

    private static final String DIRECT = "direct/";

    private final Ledger ledger;
    private final TargetText targetText;
    private final DirectoryDigests digests;
    private final Differences differences;
    private final TooOld tooOld;
    private final Map<String, String> people;
    private final Map<String, String> places;
    private final Set<String> imported;
    private long notChecked;

    /**
     * @param id of the source
     * @param type of a conversation on the target; empty for other kinds
     */
    private record Known(String id, String type, byte[] digests, int run) {}

    /**
     * @param tooOld of one-to-one conversations that are not found, they need not be missing
     * @param imported names of people whom the package does not repeat, because an earlier one brought them
     */
    DirectoryComparison(
            Ledger ledger, TargetText targetText, Differences differences, TooOld tooOld, Set<String> imported) {
        this.ledger = ledger;
        this.targetText = targetText;
        this.digests = new DirectoryDigests(targetText);
        this.differences = differences;
        this.tooOld = tooOld;
        this.people = names(ledger, Kind.USER);
        this.places = names(ledger, Kind.CHANNEL);
        this.imported = imported;
    }

    /** By source id, what the link step named each. */
    private static Map<String, String> names(Ledger ledger, Kind kind) {
        return ledger.links().ofKind(kind).stream().collect(Collectors.toMap(Link::sourceId, Link::target));
    }

    /** @return how many there should be */
    long people(ReadBack found) {
        return compare(
                Kind.USER, this::person, found, record -> record.path("id").asText(), record -> "");
    }

    /** @return how many there should be */
    long conversations(ReadBack found) {
        return compare(Kind.CHANNEL, this::conversation, found, DirectoryComparison::place, DirectoryComparison::type);
    }

    /** @return how many there should be */
    long emoji(ReadBack found) {
        return compare(
                Kind.EMOJI, this::emoji, found, record -> record.path("id").asText(), record -> "");
    }

    private String person(Row row) {
        var name = people.get(row.key().id());
        return name == null || imported.contains(name) ? null : name;
    }

    /** Type and name of a channel can change apart; the people of a direct conversation are its name. */
    private String conversation(Row row) {
        return withoutType(places.get(row.key().id()));
    }

    /** @param target of a link */
    static String withoutType(String target) {
        return target.startsWith(DIRECT) ? target : target.substring(target.indexOf('/') + 1);
    }

    private String emoji(Row row) {
        return row.objects() == 0 ? null : targetText.reaction(row.targetId());
    }

    private static String type(ObjectNode channel) {
        var type = channel.path("type").asText();
        return type.equals("group") ? "direct" : type;
    }

    /** What the link step would name it, without its type. */
    static String place(ObjectNode channel) {
        if (!type(channel).equals("direct")) {
            return channel.path("id").asText();
        }
        var members = new ArrayList<String>();
        channel.path("members").forEach(member -> members.add(member.asText()));
        return DIRECT + String.join(",", members.stream().sorted().distinct().toList());
    }

    private long compare(
            Kind kind,
            Function<Row, String> expectedName,
            ReadBack batches,
            Function<ObjectNode, String> foundName,
            Function<ObjectNode, String> foundType) {
        var expected = expected(kind, expectedName);
        Set<String> seen = new HashSet<>();
        while (batches.hasNext()) {
            for (var record : batches.next()) {
                var name = foundName.apply(record);
                var known = expected.get(name);
                if (known == null) {
                    differences.of(kind, name, "extra", null);
                } else if (!seen.add(name)) {
                    differences.of(kind, known.id(), "duplicate", name);
                } else {
                    compare(kind, known, foundType.apply(record), digests.of(kind, record));
                }
            }
        }
        expected.forEach((name, known) -> {
            if (!seen.contains(name)) {
                if (known.type().equals("direct") && tooOld.holds(known.run())) {
                    notChecked++;
                } else {
                    differences.of(kind, known.id(), "missing", name);
                }
            }
        });
        return expected.size() - (kind == Kind.CHANNEL ? notChecked : 0);
    }

    /** One-to-one conversations that were not found, and of which the target need not tell any more. */
    long notChecked() {
        return notChecked;
    }

    private void compare(Kind kind, Known known, String type, byte[] found) {
        if (!known.type().equals(type)) {
            differences.of(kind, known.id(), "type", known.type() + " " + type);
        }
        if (found != null && known.digests() != null) {
            for (var field : DirectoryDigests.differing(kind, known.digests(), found)) {
                if (type.equals("direct")) {
                    differences.byRule(DIRECT_ARCHIVED, kind, known.id(), field, null);
                } else {
                    differences.of(kind, known.id(), field, null);
                }
            }
        }
    }

    /** Of several who became one, the first by source id made what is on the target. */
    private Map<String, Known> expected(Kind kind, Function<Row, String> expectedName) {
        var expected = new TreeMap<String, Known>();
        try (var rows = ledger.records().ofKind(kind)) {
            rows.forEachRemaining(row -> {
                var name = expectedName.apply(row);
                if (name != null) {
                    var place = places.get(row.key().id());
                    var type = kind == Kind.CHANNEL ? place.substring(0, place.indexOf('/')) : "";
                    expected.putIfAbsent(name, new Known(row.key().id(), type, row.digests(), row.run()));
                }
            });
        }
        return expected;
    }

    /** Names of those whose conversations the target does not tell: bots, and people it does not name again. */
    Set<String> withoutMemberships() {
        Set<String> silent = new HashSet<>(imported);
        try (var rows = ledger.records().ofKind(Kind.USER)) {
            rows.forEachRemaining(row -> {
                if (DirectoryDigests.isBot(row.digests())) {
                    silent.add(people.get(row.key().id()));
                }
            });
        }
        return silent;
    }
}
