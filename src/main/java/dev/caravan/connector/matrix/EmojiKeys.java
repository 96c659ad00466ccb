package dev.caravan.connector.matrix;

import java.util.List;
import java.util.Optional;

import net.fellbaum.jemoji.Emoji;
import net.fellbaum.jemoji.EmojiManager;

/** Reactions of Matrix are the emoji themselves; a name no emoji has, of a custom one, stays a name between colons. */
final class EmojiKeys {

    private EmojiKeys() {}

    /** The key of a reaction for an emoji's name; what is a key already stays one. */
    static String key(String name) {
        var bare = name.startsWith(":") && name.endsWith(":") && name.length() > 2
                ? name.substring(1, name.length() - 1)
                : name;
        return known(bare).map(Emoji::getEmoji).orElseGet(() -> EmojiManager.isEmoji(bare) ? bare : ":" + bare + ":");
    }

    private static Optional<Emoji> known(String name) {
        return EmojiManager.getBySlackAlias(name).or(() -> EmojiManager.getByAlias(name).stream()
                .flatMap(List::stream)
                .findFirst());
    }
}
