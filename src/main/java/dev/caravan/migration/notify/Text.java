package dev.caravan.migration.notify;

import java.util.Arrays;

import dev.caravan.model.Words;

/** Something to say in whichever language its reader has. */
@FunctionalInterface
interface Text {

    String in(Words words);

    /** @param arguments numbers, strings, and texts, which are said in the same language */
    static Text of(String key, Object... arguments) {
        return words -> words.say(
                key,
                Arrays.stream(arguments)
                        .map(argument -> argument instanceof Text text ? text.in(words) : argument)
                        .toArray());
    }
}
