package dev.caravan.migration.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import dev.caravan.migration.camel.Capabilities;
import dev.caravan.migration.camel.Cost;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.transform.mapping.TargetForecast;

/**
 * Of a live sink that knows nothing better: how many calls it takes, as its Kamelet declares, at the rate it declares; and what a
 * rollback could not take back.
 */
final class RateForecast implements TargetForecast.Count {

    private final Cost cost;
    private final Capabilities sink;
    private final Map<String, LongAdder> numbers = new ConcurrentHashMap<>();

    RateForecast(Cost cost, Capabilities sink) {
        this.cost = cost;
        this.sink = sink;
    }

    @Override
    public void add(Kind kind, Item item) {
        count(kind.word(), kind == Kind.MESSAGE ? Math.max(1, item.target().objects()) : 1);
        for (var file : item.canonical().path("files")) {
            count("file", "present".equals(file.path("state").asText()) ? 1 : 0);
        }
        for (var reaction : item.canonical().path("reactions")) {
            count("reaction", reaction.path("users").size());
        }
    }

    private void count(String what, int number) {
        numbers.computeIfAbsent(what, any -> new LongAdder()).add(number);
    }

    @Override
    public TargetForecast.Told told() {
        Duration delivery = cost.time(numbers());
        long stays = numbers.entrySet().stream()
                .filter(entry -> sink.kinds().stream()
                        .anyMatch(kind -> kind.word().equals(entry.getKey())
                                && !sink.takesBack().contains(kind)))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
        return new TargetForecast.Told(
                delivery,
                stays == 0 ? List.of() : List.of(new TargetForecast.Warning("check.not-taken-back", stays)),
                List.of());
    }

    private Map<String, Long> numbers() {
        var all = new TreeMap<String, Long>();
        numbers.forEach((what, number) -> all.put(what, number.sum()));
        return all;
    }
}
