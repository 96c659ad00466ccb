package dev.caravan.connector.slack;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

import dev.caravan.transport.ElementCount;
import jakarta.enterprise.context.ApplicationScoped;

/** Elements of all day files; where one is broken, its rest is one dead letter and counts as one. */
@ApplicationScoped
public class SlackElementCount implements ElementCount {

    @Override
    public String sourceKind() {
        return "slack-export";
    }

    @Override
    public OptionalLong messages(Map<String, String> settings) {
        var export = new SlackExport();
        export.setPath(settings.get("path"));
        var sum = new AtomicLong();
        var counter = new ElementCounter();
        export.archives()
                .forEach(archive -> counter.count(
                        archive, (folder, day, elements, broken) -> sum.addAndGet(elements + (broken ? 1 : 0))));
        return OptionalLong.of(sum.get());
    }
}
