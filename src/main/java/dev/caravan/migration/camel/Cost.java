package dev.caravan.migration.camel;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import dev.caravan.model.Problem;

/**
 * What a Kamelet costs its target, as its annotations say.
 *
 * @param perSecond calls the target takes in a second ({@code caravan.dev/rate}: a number, or the property that holds it);
 *     infinite when nothing is said
 * @param calls for one of what it brings or takes back, by its word ({@code caravan.dev/calls}: {@code user=4,message=1.2}); 1
 *     for what is not named
 */
public record Cost(double perSecond, Map<String, Double> calls) {

    private static final String RATE = "caravan.dev/rate";
    private static final String CALLS = "caravan.dev/calls";

    public Cost {
        calls = Map.copyOf(calls);
    }

    /**
     * @param properties of the connector, camelCase
     * @throws Problem CRV-446 for an annotation that cannot be understood
     */
    public static Cost of(KameletDefinition kamelet, Map<String, String> properties) {
        var calls = new TreeMap<String, Double>();
        for (var part : kamelet.annotations().path(CALLS).asText().split(",")) {
            if (!part.isBlank()) {
                var pair = part.split("=", 2);
                calls.put(pair[0].strip(), number(kamelet, CALLS, pair.length < 2 ? "" : pair[1]));
            }
        }
        var rate = kamelet.annotations().path(RATE).asText().strip();
        if (rate.isEmpty()) {
            return new Cost(Double.POSITIVE_INFINITY, calls);
        }
        var property = kamelet.declared().path("properties").path(rate);
        var value = property.isMissingNode()
                ? rate
                : properties.getOrDefault(rate, property.path("default").asText());
        return new Cost(number(kamelet, RATE, value), calls);
    }

    /**
     * How long the calls take at the full rate; zero when the target has none.
     *
     * @param numbers of what is brought or taken back, by its word
     */
    public Duration time(Map<String, Long> numbers) {
        double all = 0;
        for (var number : numbers.entrySet()) {
            all += number.getValue() * calls.getOrDefault(number.getKey(), 1.0);
        }
        return Double.isInfinite(perSecond) ? Duration.ZERO : Duration.ofSeconds((long) Math.ceil(all / perSecond));
    }

    private static double number(KameletDefinition kamelet, String annotation, String text) {
        try {
            double number = Double.parseDouble(text.strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw new Problem(none, "CRV-446", kamelet.name(), annotation, text);
        }
        throw new Problem("CRV-446", kamelet.name(), annotation, text);
    }
}
