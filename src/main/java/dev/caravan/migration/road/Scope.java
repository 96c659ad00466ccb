package dev.caravan.migration.road;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.model.Tally;
import dev.caravan.transform.link.Directory;
import dev.caravan.transform.link.IdentityMaps;

/**
 * The step {@code scope}: drops what the operator does not want moved, each record by a named rule and counted. A reply
 * inside the dates whose root is not brings the root as a placeholder, made by the link step.
 */
public final class Scope {

    static final String DATE_RANGE = "date-range";
    static final String CHANNEL_FILTER = "channel-filter";
    static final String CHANNEL_MAP = "channel-map-skip";

    private final long from;
    private final long to;
    private final Set<String> only;
    private final Set<String> except;
    private final IdentityMaps maps;
    private final Directory directory;

    /**
     * @param from us since 1970, inclusive
     * @param to us since 1970, exclusive
     * @param only names or ids of the only channels carried, lower case; empty for all
     * @param except names or ids of channels left out, lower case
     */
    public Scope(long from, long to, Set<String> only, Set<String> except, IdentityMaps maps, Directory directory) {
        this.from = from;
        this.to = to;
        this.only = only;
        this.except = except;
        this.maps = maps;
        this.directory = directory;
    }

    public Batch apply(Batch batch) {
        List<Item> kept = new ArrayList<>(batch.items().size());
        List<Link> leftOut = new ArrayList<>();
        var tally = Tally.NONE;
        for (Item item : batch.items()) {
            var rule = rule(batch.kind(), item.canonical());
            if (rule.isEmpty()) {
                kept.add(item);
                continue;
            }
            tally = tally.plus(batch.kind().word(), Tally.What.FILTERED, rule.get(), 1);
            if (batch.kind() == Kind.CHANNEL) {
                directory
                        .leaveOut(item.id(), rule.get())
                        .map(link -> link.withName(item.canonical().path("name").asText()))
                        .ifPresent(leftOut::add);
            }
        }
        return leftOut.isEmpty() && kept.size() == batch.items().size()
                ? batch
                : batch.withItems(kept).plusLinks(leftOut).plusTally(tally);
    }

    private Optional<String> rule(Kind kind, JsonNode canonical) {
        return switch (kind) {
            case CHANNEL -> channelRule(canonical);
            case MEMBERSHIP -> leftOut(canonical);
            case MESSAGE -> leftOut(canonical)
                    .or(() -> inDates(canonical.path("time").asLong()) ? Optional.empty() : Optional.of(DATE_RANGE));
            case USER, EMOJI -> Optional.empty();
        };
    }

    private Optional<String> channelRule(JsonNode channel) {
        var called = new HashSet<String>();
        called.add(channel.path("id").asText().toLowerCase(Locale.ROOT));
        called.add(channel.path("name").asText().toLowerCase(Locale.ROOT));
        if (called.stream().anyMatch(except::contains)
                || !only.isEmpty() && called.stream().noneMatch(only::contains)) {
            return Optional.of(CHANNEL_FILTER);
        }
        return maps.channel(channel).filter(IdentityMaps.SKIP::equalsIgnoreCase).map(skip -> CHANNEL_MAP);
    }

    private Optional<String> leftOut(JsonNode canonical) {
        return directory
                .conversation(canonical.path("channel").asText())
                .filter(Link::leftOut)
                .map(link -> link.target().substring(Link.LEFT_OUT.length()));
    }

    /** @param time us since 1970 */
    public boolean inDates(long time) {
        return time >= from && time < to;
    }
}
