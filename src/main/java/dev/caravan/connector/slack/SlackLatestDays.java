package dev.caravan.connector.slack;

import java.util.Map;
import java.util.function.ToLongFunction;

import dev.caravan.transport.LatestDays;
import jakarta.enterprise.context.ApplicationScoped;

/** By the names of the day files. */
@ApplicationScoped
public class SlackLatestDays implements LatestDays {

    @Override
    public String sourceKind() {
        return "slack-export";
    }

    @Override
    public ToLongFunction<String> of(Map<String, String> settings) {
        var export = new SlackExport();
        export.setPath(settings.get("path"));
        return export::latestDay;
    }
}
