package dev.caravan.command;

import java.io.PrintStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.migration.RunSummary;
import dev.caravan.model.Words;
import jakarta.enterprise.context.ApplicationScoped;

/** Standard output, for results only: words for people, or one line of JSON for machines. */
@ApplicationScoped
class Output {

    private final ObjectMapper json;
    private final PrintStream out = System.out;

    Output(ObjectMapper json) {
        this.json = json;
    }

    void error(String line) {
        StandardError.line(line);
    }

    void line(String line) {
        out.println(line);
    }

    /** Exactly these, with nothing before or behind. */
    void bytes(byte[] result) {
        out.write(result, 0, result.length);
        out.flush();
    }

    void json(Object result) {
        try {
            out.println(json.writeValueAsString(result));
        } catch (JsonProcessingException ours) {
            throw new IllegalStateException("a result that is no JSON", ours);
        }
    }

    void print(RunSummary summary, boolean asJson, Words words) {
        if (asJson) {
            json(summary);
            return;
        }
        out.println(words.say("account.title", summary.run()));
        out.printf(
                "  %-12s %12s %12s %12s %12s %12s%n",
                "",
                words.say("account.read"),
                words.say("account.delivered"),
                words.say("account.unchanged"),
                words.say("account.filtered"),
                words.say("account.dead"));
        summary.kinds()
                .forEach((kind, counts) -> out.printf(
                        "  %-12s %,12d %,12d %,12d %,12d %,12d%n",
                        words.say("kind." + kind),
                        counts.getOrDefault("read", 0L),
                        counts.getOrDefault("delivered", 0L),
                        counts.getOrDefault("unchanged", 0L),
                        counts.getOrDefault("filtered", 0L),
                        counts.getOrDefault("dead", 0L)));
        if (summary.sealed() != null) {
            out.println(words.say(
                    "account.sealed", summary.sealed().path(), summary.sealed().bytes()));
        }
        if (summary.open() > 0) {
            out.println(words.say("account.open", summary.open()));
        }
        out.println(words.say("verdict." + summary.verdict()));
    }
}
