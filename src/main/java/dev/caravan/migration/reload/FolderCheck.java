package dev.caravan.migration.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import dev.caravan.transform.cleanse.Cleansing;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transform.mapping.Mappings;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;

/** Whether everything in a routes folder would serve: routes, Kamelets, mappings, rules. */
@ApplicationScoped
public class FolderCheck {

    private final Settings settings;
    private final CamelContext camel;
    private final List<MappingFunctions> functions;

    public FolderCheck(Settings settings, CamelContext camel, @All List<MappingFunctions> functions) {
        this.settings = settings;
        this.camel = camel;
        this.functions = functions;
    }

    /** What is wrong; nothing when the folder may serve. */
    List<Problem> check(Path routes) throws IOException {
        var problems = new ArrayList<Problem>();
        attempt(problems, () -> new RouteCheck(camel, settings).check(routes));
        attempt(problems, () -> problems.addAll(Mappings.check(routes, functions)));
        attempt(problems, () -> Cleansing.load(routes, Instant.EPOCH));
        if (problems.isEmpty()) {
            attempt(
                    problems,
                    () -> Mappings.load(
                            routes, settings.source().kind(), settings.sink().kind(), functions));
        }
        return problems;
    }

    /**
     * As {@link #check}, of the folder with one file in it that is not there yet. The folder itself is only read.
     *
     * @param name of the file, relative to the folder
     */
    public List<Problem> checkWith(Path routes, String name, byte[] content) throws IOException {
        var copy = Files.createTempDirectory("caravan-check");
        try {
            Snapshot.of(routes).writeTo(copy, Snapshot.EMPTY);
            Files.write(copy.resolve(name), content);
            return check(copy);
        } finally {
            try (var files = Files.walk(copy)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void attempt(List<Problem> problems, Check check) throws IOException {
        try {
            check.run();
        } catch (Problem problem) {
            problems.add(problem);
        }
    }

    @FunctionalInterface
    private interface Check {
        void run() throws IOException;
    }
}
