package dev.caravan.migration.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.KameletDefinition;
import dev.caravan.migration.report.ReportFacts.SourceFile;

/** The settings of a run as a report may show them: what a Kamelet declares a password is not there (invariant 8). */
final class ShownSettings {

    private static final String HIDDEN = "***";
    private static final Pattern PASSWORD_IN_ADDRESS = Pattern.compile(
            "(?<=://[^/?#@:]{0,200}:)[^/?#@]+(?=@)|(?<=(?i)[?&;](password|pass|pwd|token|secret)=)[^&;]+");

    private final Settings settings;

    ShownSettings(Settings settings) {
        this.settings = settings;
    }

    SortedMap<String, String> all() {
        var shown = new TreeMap<String, String>();
        shown.put("caravan.source.kind", settings.source().kind());
        shown.put("caravan.sink.kind", settings.sink().kind());
        put(
                shown,
                "caravan.source.",
                settings.source().properties(),
                settings.source().kind() + "-read-action");
        put(
                shown,
                "caravan.sink.",
                settings.sink().properties(),
                settings.sink().kind() + "-sink");
        shown.put("caravan.ledger.kind", settings.ledger().kind().name().toLowerCase(java.util.Locale.ROOT));
        shown.put("caravan.time-zone", settings.timeZone().getId());
        shown.put("caravan.missing-author", word(settings.missingAuthor()));
        shown.put("caravan.orphan-reply", word(settings.orphanReply()));
        settings.userMap().ifPresent(file -> shown.put("caravan.user-map", file.toString()));
        settings.channelMap().ifPresent(file -> shown.put("caravan.channel-map", file.toString()));
        settings.filter().from().ifPresent(day -> shown.put("caravan.filter.from", day));
        settings.filter().to().ifPresent(day -> shown.put("caravan.filter.to", day));
        settings.filter().channels().ifPresent(names -> shown.put("caravan.filter.channels", String.join(",", names)));
        settings.filter()
                .exceptChannels()
                .ifPresent(names -> shown.put("caravan.filter.except-channels", String.join(",", names)));
        return shown;
    }

    private static String word(Settings.Missing missing) {
        return missing.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private void put(SortedMap<String, String> shown, String prefix, Map<String, String> values, String kamelet) {
        var secrets = new ArrayList<String>();
        KameletDefinition.find(settings.home().resolve("routes"), kamelet)
                .ifPresent(definition -> secrets.addAll(definition.secretNames()));
        values.forEach(
                (key, value) -> shown.put(prefix + key, secrets.contains(key) ? HIDDEN : withoutPassword(value)));
    }

    /** An address may hold what is a secret anywhere else: {@code jdbc:postgresql://host/db?password=...}. */
    static String withoutPassword(String value) {
        return PASSWORD_IN_ADDRESS.matcher(value).replaceAll(HIDDEN);
    }

    /** The files the source's {@code path} names, with their sizes. */
    List<SourceFile> source() {
        var files = new ArrayList<SourceFile>();
        for (String part :
                settings.source().properties().getOrDefault("path", "").split(",")) {
            var path = Path.of(part.trim());
            if (Files.isDirectory(path)) {
                try (var inside = Files.list(path)) {
                    inside.filter(Files::isRegularFile).sorted().forEach(file -> files.add(file(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            } else if (Files.isRegularFile(path)) {
                files.add(file(path));
            }
        }
        return files;
    }

    private static SourceFile file(Path file) {
        try {
            return new SourceFile(file.getFileName().toString(), Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
