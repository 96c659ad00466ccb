package dev.caravan.fakechat;

import java.util.Locale;
import java.util.Optional;

/** What the chat holds. Its word is the first part of a path, its letter the first of an id. */
enum FakeKind {
    USERS('u'),
    CHANNELS('c'),
    MEMBERSHIPS('s'),
    MESSAGES('m'),
    FILES('f');

    private final char letter;

    FakeKind(char letter) {
        this.letter = letter;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String id(long number) {
        return letter + Long.toString(number);
    }

    static Optional<FakeKind> ofWord(String word) {
        for (var kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    static Optional<FakeKind> ofId(String id) {
        for (var kind : values()) {
            if (id.matches(kind.letter + "[0-9]{1,18}")) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The number in an id; ids of all kinds rise together. */
    static long number(String id) {
        return Long.parseLong(id.substring(1));
    }
}
