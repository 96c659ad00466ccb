package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/**
 * Makes a process end, as kill -9 would, at any step of its routes, without a line of code in the application: a copy of
 * {@code routes/} gets a step before and after each one, which counts and at the n-th halts the Java machine. n is the
 * system property {@value #PROPERTY}, so that the routes are the same in every run; without it nothing happens. A run
 * with n = 1, then 2, then 3 ... that at last ends by itself has been killed at every step it takes.
 */
public final class Failpoints {

    /** How many steps to take before the end; 0 to reach it. */
    public static final String PROPERTY = "failpoint";

    /** Exit status of a process that ended at a failpoint, the one of a process killed by SIGKILL. */
    public static final int HALTED = 137;

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Name of the bean that counts; a test may bind one of its own, with a method {@code decrementAndGet}. */
    public static final String STEPS = "failpointSteps";

    private static final String BEANS =
            """
            - beans:
                - name: failpointMachine
                  type: java.lang.Runtime
                  factoryMethod: getRuntime
            """;

    private static final String COUNTER =
            """
                - name: %s
                  type: java.util.concurrent.atomic.AtomicInteger
                  constructors:
                    "0": "{{%s:0}}"
            """
                    .formatted(STEPS, PROPERTY);

    private static final String STEP =
            """
            filter:
              expression:
                simple:
                  expression: "${bean:failpointSteps?method=decrementAndGet} == 0"
              steps:
                - bean:
                    ref: failpointMachine
                    method: halt(%d)
            """
                    .formatted(HALTED);

    private Failpoints() {}

    /**
     * Adds them to some route files.
     *
     * @param routes a copy of {@code routes/}
     * @param files without their ending: {@code batch}, {@code deliver}
     */
    public static void into(Path routes, String... files) {
        into(routes, BEANS + COUNTER, files);
    }

    /** The same, counted by a bean of the test. */
    public static void countedByTheTest(Path routes, String... files) {
        into(routes, BEANS, files);
    }

    private static void into(Path routes, String beans, String... files) {
        try {
            Files.writeString(routes.resolve("failpoints.camel.yaml"), beans);
            for (var name : files) {
                var file = routes.resolve(name + ".camel.yaml");
                var tree = YAML.readTree(file.toFile());
                around(tree, YAML.readTree(STEP));
                YAML.writeValue(file.toFile(), tree);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void around(JsonNode node, JsonNode failpoint) {
        node.forEach(child -> around(child, failpoint));
        if (node instanceof ObjectNode step && step.get("steps") instanceof ArrayNode steps) {
            var more = step.putArray("steps");
            more.add(failpoint.deepCopy());
            steps.forEach(each -> more.addAll(List.of(each, failpoint.deepCopy())));
        }
    }
}
