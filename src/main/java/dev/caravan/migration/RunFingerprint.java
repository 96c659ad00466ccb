package dev.caravan.migration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.caravan.migration.camel.KameletDefinition;
import dev.caravan.transform.mapping.Fingerprint;

/** What shapes the result of a run: an interrupted one does not go on when it has changed, unless somebody says so. */
final class RunFingerprint {

    private RunFingerprint() {}

    /** Hash of every file and of every setting that shapes the result, by its name. */
    static SortedMap<String, String> of(Settings settings) {
        var maps = new ArrayList<Path>();
        IdentityMapFiles.userMap(settings).ifPresent(maps::add);
        settings.channelMap().ifPresent(maps::add);
        var hashes = new TreeMap<>(
                Fingerprint.of(settings.home().resolve("routes"), maps).hashes());
        shaping(settings).forEach((name, value) -> hashes.put(name, hash(value)));
        return hashes;
    }

    private static SortedMap<String, String> shaping(Settings settings) {
        var shaping = new TreeMap<String, String>();
        shaping.put("caravan.source.kind", settings.source().kind());
        shaping.put("caravan.sink.kind", settings.sink().kind());
        settings.source().properties().forEach((key, value) -> shaping.put("caravan.source." + key, value));
        settings.sink().properties().forEach((key, value) -> shaping.put("caravan.sink." + key, value));
        shaping.remove("caravan.sink." + ImportMark.PROPERTY);
        KameletDefinition.find(
                        settings.home().resolve("routes"), settings.sink().kind() + "-sink")
                .ifPresent(kamelet -> kamelet.notShaping().forEach(name -> shaping.remove("caravan.sink." + name)));
        shaping.put("caravan.time-zone", settings.timeZone().getId());
        shaping.put("caravan.missing-author", settings.missingAuthor().name());
        shaping.put("caravan.orphan-reply", settings.orphanReply().name());
        settings.filter().from().ifPresent(day -> shaping.put("caravan.filter.from", day));
        settings.filter().to().ifPresent(day -> shaping.put("caravan.filter.to", day));
        settings.filter().channels().ifPresent(all -> shaping.put("caravan.filter.channels", all.toString()));
        settings.filter()
                .exceptChannels()
                .ifPresent(all -> shaping.put("caravan.filter.except-channels", all.toString()));
        return shaping;
    }

    static String hash(String value) {
        return Integer.toHexString(value.hashCode());
    }
}
