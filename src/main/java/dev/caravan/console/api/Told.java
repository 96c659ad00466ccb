package dev.caravan.console.api;

import dev.caravan.model.Problem;
import dev.caravan.model.Words;

/** A problem as the API tells it. @param message names file and line where there is one */
public record Told(String code, String message) {

    public static Told of(Problem problem, Words words) {
        return new Told(problem.code(), problem.inWords(words));
    }
}
