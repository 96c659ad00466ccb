package dev.caravan.console.api;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.caravan.migration.find.Answer;
import dev.caravan.migration.find.Finder;
import dev.caravan.model.Problem;
import jakarta.ws.rs.QueryParam;

/** What is looked for; what is not given, or empty, is not asked. */
public class FindQuery {

    private static final int LONGEST = 2000;

    /** A permalink, an id, or the name of a person or conversation. */
    @QueryParam("what")
    public String what;

    /** Who wrote it; with {@link #day}. */
    @QueryParam("person")
    public String person;

    /** In the migration's time zone: 2024-01-31. */
    @QueryParam("day")
    public String day;

    /** The name of a file that a message carries. */
    @QueryParam("file")
    public String file;

    /** The only conversation in which to look for person or file. */
    @QueryParam("conversation")
    public String conversation;

    /** Where to go on: {@code next} of the answer before. */
    @QueryParam("after")
    public String after;

    public boolean asks() {
        return Stream.of(what, person, day, file).anyMatch(FindQuery::given);
    }

    /** @throws Problem CRV-662 when it is neither one thing nor another; see also {@link Finder} */
    public Answer ask(Finder finder, Duration patience) {
        if (Stream.of(what, person, day, file, conversation, after)
                .filter(Objects::nonNull)
                .anyMatch(text -> text.length() > LONGEST)) {
            throw new Problem("CRV-662");
        }
        var scope = new Finder.Scope(given(conversation) ? conversation : null, given(after) ? after : null, patience);
        if (given(what)) {
            return finder.find(what, patience);
        }
        if (given(person) && given(day)) {
            return finder.of(person, day, scope);
        }
        if (given(file)) {
            return finder.file(file, scope);
        }
        throw new Problem("CRV-662");
    }

    /** For the history. */
    public String words() {
        return Stream.of(what, person, day, file, conversation)
                .filter(FindQuery::given)
                .collect(Collectors.joining(", "));
    }

    private static boolean given(String text) {
        return text != null && !text.isBlank();
    }
}
