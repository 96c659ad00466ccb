package dev.caravan.connector.agora;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.transform.mapping.TargetForecast;

/** Feeds an {@link AgoraForecast} with records as they are mapped. */
final class AgoraCount implements TargetForecast.Count {

    private static final long US_A_SECOND = 1_000_000;

    private final AgoraForecast forecast;
    private final double share;

    AgoraCount(Map<String, String> properties, Instant now) {
        this.forecast = new AgoraForecast(properties, now);
        this.share = RateShare.average(AgoraSettings.of(properties).rateShare());
    }

    @Override
    public synchronized void add(Kind kind, Item item) {
        var payload = Json.read(item.target().payload());
        switch (kind) {
            case USER -> forecast.user();
            case CHANNEL -> channel(item.id(), payload);
            case MEMBERSHIP -> {
                if (!payload.path("direct").asBoolean()) {
                    forecast.member(
                            payload.path("channel").asText(),
                            payload.path("user").asText());
                }
            }
            case MESSAGE -> message(item, payload);
            case EMOJI -> {
                // the sink does not hold them
            }
        }
    }

    private void channel(String id, JsonNode payload) {
        if (payload.has("direct")) {
            payload.path("direct").forEach(person -> forecast.direct(person.asText()));
        } else {
            forecast.group(id);
            payload.path("members").forEach(person -> forecast.member(id, person.asText()));
        }
    }

    private void message(Item item, JsonNode payload) {
        int files = 0;
        for (var part : payload.path("parts")) {
            files += part.has("file") ? 1 : 0;
        }
        long time = item.canonical().path("time").asLong();
        forecast.message(
                !"direct".equals(payload.path("place").path("type").asText()),
                Instant.ofEpochSecond(time / US_A_SECOND, time % US_A_SECOND * 1000),
                item.target().objects(),
                files);
    }

    @Override
    public synchronized TargetForecast.Told told() {
        var result = forecast.result(share);
        var warnings = new ArrayList<TargetForecast.Warning>();
        warn(warnings, "import-date", result.withImportDate());
        warn(warnings, "refused", result.refused());
        warn(warnings, "outside-retention", result.outsideRetention());
        warn(warnings, "groups-over-plan", result.groupsOverPlan());
        warn(warnings, "groups-without-push", result.groupsWithoutPush());
        warn(warnings, "many-groups", result.groupsTooMany());
        warn(warnings, "users-over-groups", result.usersOverGroups());
        warn(warnings, "users-over-conversations", result.usersOverConversations());
        return new TargetForecast.Told(result.duration(), List.copyOf(warnings), rules());
    }

    private static void warn(List<TargetForecast.Warning> warnings, String what, long number) {
        if (number > 0) {
            warnings.add(new TargetForecast.Warning("agora.forecast." + what, number));
        }
    }

    private static List<TargetForecast.Rule> rules() {
        return Arrays.stream(ServerRule.values())
                .map(rule -> new TargetForecast.Rule(rule.id(), rule.wordsKey(), rule.proven(), rule.tried()))
                .toList();
    }
}
