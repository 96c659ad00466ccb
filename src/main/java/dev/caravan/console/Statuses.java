package dev.caravan.console;

import dev.caravan.model.Problem;

/** The status of HTTP that goes with a problem, for scripts to go by. */
public final class Statuses {

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private Statuses() {}

    public static int of(Problem problem) {
        return switch (problem.code()) {
            case "CRV-601", "CRV-585", "CRV-670", "CRV-678" -> NOT_FOUND;
            case "CRV-240",
                    "CRV-301",
                    "CRV-310",
                    "CRV-441",
                    "CRV-565",
                    "CRV-574",
                    "CRV-586",
                    "CRV-603",
                    "CRV-605",
                    "CRV-608",
                    "CRV-630",
                    "CRV-643",
                    "CRV-674",
                    "CRV-681",
                    "CRV-682" -> CONFLICT;
            case "CRV-683" -> FORBIDDEN;
            case "CRV-640", "CRV-641", "CRV-642", "CRV-644" -> BAD_REQUEST;
            case "CRV-584", "CRV-677" -> TOO_MANY;
            case "CRV-302", "CRV-305", "CRV-307", "CRV-580", "CRV-581" -> UNAVAILABLE;
            default -> UNPROCESSABLE;
        };
    }
}
