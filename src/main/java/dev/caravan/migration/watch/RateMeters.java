package dev.caravan.migration.watch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import dev.caravan.migration.RunWatch;
import dev.caravan.migration.SinkRates;
import dev.caravan.model.Kind;
import dev.caravan.transport.Rate;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** How the rates that the target permits are used. A group is known once a first portion came back that called it. */
@ApplicationScoped
public class RateMeters implements RunWatch {

    private static final String GROUP = "group";

    private final MeterRegistry registry;
    private final SinkRates rates;
    private final Set<String> groups = ConcurrentHashMap.newKeySet();

    public RateMeters(MeterRegistry registry, SinkRates rates) {
        this.registry = registry;
        this.rates = rates;
    }

    @Override
    public void atSink(Kind kind, Duration took) {
        rates.now().stream().filter(rate -> groups.add(rate.group())).forEach(this::register);
    }

    private void register(Rate first) {
        var group = first.group();
        if (first.limited()) {
            gauge(group, "caravan.rate.permitted", Rate::permitted, "Calls a second that the target permits");
            gauge(group, "caravan.rate.share", Rate::share, "Share of the permitted rate that may be used now, 0 to 1");
            gauge(group, "caravan.rate.used", Rate::inUse, "Share of the permitted rate that is used, 0 to 1");
        }
        FunctionCounter.builder("caravan.calls", rates, all -> of(group, Rate::started))
                .description("Calls of the target that were started")
                .tag(GROUP, group)
                .register(registry);
        FunctionCounter.builder("caravan.rate.waited", rates, all -> of(group, rate -> seconds(rate.waited())))
                .description("Time that calls waited for the rate, added up over all of them")
                .baseUnit("seconds")
                .tag(GROUP, group)
                .register(registry);
        FunctionTimer.builder(
                        "caravan.call",
                        rates,
                        all -> (long) of(group, Rate::replies),
                        all -> of(group, rate -> seconds(rate.replying())),
                        TimeUnit.SECONDS)
                .description("Time from the start of a call to the end of its reply")
                .tag(GROUP, group)
                .register(registry);
    }

    private void gauge(String group, String name, ToDoubleFunction<Rate> value, String description) {
        Gauge.builder(name, () -> of(group, value))
                .description(description)
                .tag(GROUP, group)
                .register(registry);
    }

    private double of(String group, ToDoubleFunction<Rate> value) {
        return rates.now().stream()
                .filter(rate -> rate.group().equals(group))
                .mapToDouble(value)
                .findFirst()
                .orElse(0);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
