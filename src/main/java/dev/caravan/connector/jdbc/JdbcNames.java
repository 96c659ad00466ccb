package dev.caravan.connector.jdbc;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.transform.link.TargetNames;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A database keeps the source's ids. Every conversation stays one of its own: those of the same people are not thrown
 * together, so that a direct one is held as a private one whose people are listed.
 */
@ApplicationScoped
public class JdbcNames implements TargetNames {

    static final String SINK = "jdbc";

    @Override
    public String sinkKind() {
        return SINK;
    }

    @Override
    public String user(ObjectNode canonicalUser) {
        return canonicalUser.path("id").asText();
    }

    @Override
    public Place place(ObjectNode canonicalChannel, List<String> members) {
        var open = canonicalChannel.path("type").asText().equals("public");
        return new Place(
                open ? "public" : "private", canonicalChannel.path("id").asText());
    }

    @Override
    public String distinct(String name, String sourceId) {
        return name + "-" + sourceId;
    }
}
