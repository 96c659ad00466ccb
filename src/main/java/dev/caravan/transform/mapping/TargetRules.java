package dev.caravan.transform.mapping;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.caravan.model.Problem;

/** What the rules of a target ({@link dev.caravan.model.Target#rules}) do to a record; contributed by its connector as a CDI bean. */
public interface TargetRules {

    /** What becomes of the record, or of that piece of it the rule is about. */
    enum Effect {
        /** Nothing is lost: it only takes another form. */
        KEPT,
        /** It arrives, but not as it was. */
        DEGRADED,
        /** It does not arrive. */
        DROPPED
    }

    /** For sinks without rules. */
    TargetRules NONE = new TargetRules() {
        @Override
        public String sinkKind() {
            return "";
        }

        @Override
        public Map<String, Effect> effects() {
            return Map.of();
        }

        @Override
        public Optional<String> inventedEmail() {
            return Optional.empty();
        }

        @Override
        public void requireValid(Map<String, String> settings) {
            // any are valid
        }
    };

    /** The sink this speaks for: {@code mattermost-bulk}. */
    String sinkKind();

    /** By id of the rule; what is missing here loses nothing. */
    Map<String, Effect> effects();

    /** Id of the rule that gives people an e-mail address nobody has; the report lists them. */
    Optional<String> inventedEmail();

    /**
     * @param settings of the sink, in the operator's spelling
     * @throws Problem for one the target would not take, which nothing before the seal would notice
     */
    void requireValid(Map<String, String> settings);

    /**
     * Something to look at before a finished package is imported.
     *
     * @param id of its words, below {@code report.next}
     */
    record Advice(String id, List<Object> arguments) {}

    /** Nothing when there is nothing to say, or the package is not there. */
    default Optional<Advice> advice(Path sealed) {
        return Optional.empty();
    }
}
