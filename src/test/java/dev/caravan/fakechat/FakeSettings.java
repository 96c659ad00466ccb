package dev.caravan.fakechat;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the chat behaves by itself.
 *
 * @param rate requests it takes in a second, 0 for any number
 * @param latencyMs before every answer
 * @param secret wanted for a token; empty when nobody need show one
 * @param tokenSeconds lifetime of a token
 */
record FakeSettings(int rate, int latencyMs, String secret, double tokenSeconds) {

    static FakeSettings of(String[] arguments, int from) {
        var given = new TreeMap<String, String>(
                Map.of("rate", "0", "latency-ms", "0", "secret", "", "token-seconds", "3600"));
        for (int i = from; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            if (equals < 0
                    || given.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1)) == null) {
                throw new IllegalArgumentException("not a setting: " + arguments[i] + "; there are " + given.keySet());
            }
        }
        return new FakeSettings(
                Integer.parseInt(given.get("rate")),
                Integer.parseInt(given.get("latency-ms")),
                given.get("secret"),
                Double.parseDouble(given.get("token-seconds")));
    }
}
