package dev.caravan.migration;

import java.util.List;

import dev.caravan.transport.LiveSink;
import dev.caravan.transport.Rate;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

/** How much of the rates that the target permits is used. */
@ApplicationScoped
public class SinkRates {

    private final Settings settings;
    private final List<LiveSink> sinks;

    public SinkRates(Settings settings, @All List<LiveSink> sinks) {
        this.settings = settings;
        this.sinks = sinks;
    }

    /** Since the sink was last opened; nothing of one that knows no rates, or none has called yet. */
    public List<Rate> now() {
        return sinks.stream()
                .filter(sink -> sink.sinkKind().equals(settings.sink().kind()))
                .flatMap(sink -> sink.rates().stream())
                .toList();
    }

    /** The same for people and programs that look: of groups with a limit. */
    public List<RateInUse> inUse() {
        return RateInUse.of(now());
    }
}
