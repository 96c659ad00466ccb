package dev.caravan.migration;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.caravan.migration.road.Scope;
import dev.caravan.model.Problem;
import dev.caravan.transform.link.Directory;
import dev.caravan.transform.link.IdentityMaps;

/** What the operator does not want moved, as the settings have it. */
final class Filters {

    private Filters() {}

    /** @throws Problem CRV-206 for a day that is none */
    static Scope scope(Settings settings, IdentityMaps maps, Directory directory) {
        var filter = settings.filter();
        return new Scope(
                day(settings, "caravan.filter.from", filter.from(), Long.MIN_VALUE),
                day(settings, "caravan.filter.to", filter.to(), Long.MAX_VALUE),
                lowerCase(filter.channels()),
                lowerCase(filter.exceptChannels()),
                maps,
                directory);
    }

    private static long day(Settings settings, String setting, Optional<String> day, long none) {
        try {
            return day.map(LocalDate::parse)
                    .map(date -> date.atStartOfDay(settings.timeZone()).toEpochSecond())
                    .map(TimeUnit.SECONDS::toMicros)
                    .orElse(none);
        } catch (DateTimeParseException notADay) {
            throw new Problem("CRV-206", setting, day.orElse(""));
        }
    }

    private static Set<String> lowerCase(Optional<List<String>> names) {
        Set<String> lower = new HashSet<>();
        names.orElse(List.of()).forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }
}
