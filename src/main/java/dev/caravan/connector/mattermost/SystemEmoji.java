package dev.caravan.connector.mattermost;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

import dev.caravan.transform.text.EmojiNames;

/**
 * Names of the emoji every Mattermost has: the short names of emoji-datasource 6.1.1, which the server's table is made from,
 * in all skin tones, and the server's own.
 */
final class SystemEmoji {

    private static final Set<String> NAMES = read();

    private SystemEmoji() {}

    static boolean has(String name) {
        return NAMES.contains(name) || NAMES.contains(EmojiNames.withoutTone(name));
    }

    private static Set<String> read() {
        var file = SystemEmoji.class.getResourceAsStream("/mattermost-system-emoji.txt");
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            return lines.lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
