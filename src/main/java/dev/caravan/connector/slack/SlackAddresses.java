package dev.caravan.connector.slack;

import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.transform.text.SlackPermalinks;
import dev.caravan.transport.SourceAddresses;
import jakarta.enterprise.context.ApplicationScoped;

/** Slack's permalinks; an id is the conversation and the time in them, and the time is that of the message. */
@ApplicationScoped
public class SlackAddresses implements SourceAddresses {

    private static final Pattern ID = Pattern.compile("([A-Z0-9]{1,32})/(\\d{1,12})\\.(\\d{6})");

    @Override
    public String sourceKind() {
        return "slack-export";
    }

    @Override
    public Optional<Named> message(String text) {
        var id = SlackPermalinks.messageId(text);
        var parts = ID.matcher(id == null ? text : id);
        return parts.matches()
                ? Optional.of(new Named(
                        parts.group(1),
                        parts.group(),
                        Long.parseLong(parts.group(2)) * SlackTimes.SECOND + Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    @Override
    public Optional<Named> message(String conversation, JsonNode record) {
        var ts = SlackTimes.ts(record.path("ts"));
        return ts == null ? Optional.empty() : message(conversation + "/" + ts);
    }

    @Override
    public String positionBefore(long time) {
        return new LanePosition(time - 1, 0, false).token();
    }

    @Override
    public Optional<String> address(String site, String id) {
        var parts = ID.matcher(id);
        return parts.matches()
                ? Optional.of(site + "/archives/" + parts.group(1) + "/p" + parts.group(2) + parts.group(3))
                : Optional.empty();
    }
}
