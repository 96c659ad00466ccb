package dev.caravan.connector.mattermost;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.caravan.model.Kind;
import dev.caravan.transport.TargetPlaces;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A server gives posts their ids when it imports a package, and tells nobody which: conversation and time lead to a post.
 */
@ApplicationScoped
public class MattermostPlaces implements TargetPlaces {

    @Override
    public String sinkKind() {
        return MattermostNames.SINK;
    }

    @Override
    public Place of(Arrived arrived, Map<String, String> sink) {
        if (arrived.kind() == Kind.USER) {
            return new Place(null, "name", List.of("@" + arrived.targetId()));
        }
        if (arrived.place() == null) {
            return BY_ID.of(arrived, sink);
        }
        var slash = arrived.place().indexOf('/');
        var name = arrived.place().substring(slash + 1);
        var direct = arrived.place().startsWith("direct/");
        var where = direct ? "@" + name.replace(",", ", @") : sink.getOrDefault("team", "") + " / ~" + name;
        return arrived.kind() == Kind.MESSAGE
                ? new Place(null, "mattermost-bulk", List.of(where, Instant.ofEpochMilli(arrived.shown())))
                : new Place(null, "name", List.of(where));
    }
}
