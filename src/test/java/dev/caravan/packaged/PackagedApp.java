package dev.caravan.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The packaged application as an operator starts it: a process of its own, with a working directory of its own. Its two
 * streams go to files outside that directory, so that a test may look at everything the application left there.
 */
final class PackagedApp {

    static final Path PROJECT = Path.of("").toAbsolutePath();
    static final Path SAMPLE = PROJECT.resolve("sample/acme-slack-export.zip");

    /** What every export needs to become a package, in the operator's spelling. */
    static final Map<String, String> DEMO = Map.of(
            "caravan.source.path", SAMPLE.toString(),
            "caravan.sink.path", "mattermost.zip",
            "caravan.sink.team", "acme",
            "caravan.sink.email-domain", "example.com",
            "caravan.sink.bot-owner", "admin");

    private static final long TIME_LIMIT_S = 120;

    /** A short life is not worth the optimising compiler, nor a second processor's garbage collection. */
    private static final List<String> SHORT_LIFE = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

    private static final Predicate<String> COLLECTOR =
            Pattern.compile("-XX:\\+Use\\w+GC").asMatchPredicate();

    private static final Pattern SECRET = Pattern.compile("[.-](password|token|secret|certificate)$");

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> before = new ArrayList<>();
    private final List<String> jvm = new ArrayList<>(SHORT_LIFE);
    private final List<String> options = new ArrayList<>();
    private Path jar = PROJECT.resolve("target/quarkus-app/quarkus-run.jar");

    /** @param folder the working directory */
    PackagedApp(Path folder) {
        this.folder = folder;
        environment.put("LANG", "C.UTF-8");
    }

    /** With the settings of {@link #DEMO}, as options after the command, and a copy of {@code routes/} beside it. */
    static PackagedApp demo(Path folder) {
        if (!Files.exists(folder.resolve("routes"))) {
            Folders.copy(PROJECT.resolve("routes"), folder.resolve("routes"));
        }
        return new PackagedApp(folder).with(DEMO);
    }

    /** Another copy of the application. */
    PackagedApp jar(Path other) {
        jar = other;
        return this;
    }

    PackagedApp environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Options of the Java machine, {@code -Dname=value} among them; a garbage collector takes the place of ours. */
    PackagedApp jvm(String... more) {
        if (Arrays.stream(more).anyMatch(COLLECTOR)) {
            jvm.removeIf(COLLECTOR);
        }
        jvm.addAll(Arrays.asList(more));
        return this;
    }

    /** A setting, as an option after the command; a secret, which is refused there, in the environment. */
    PackagedApp with(String setting, String value) {
        if (SECRET.matcher(setting).find()) {
            return environment(setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value);
        }
        options.add("-D");
        options.add(setting + "=" + value);
        return this;
    }

    PackagedApp with(Map<String, String> settings) {
        settings.forEach(this::with);
        return this;
    }

    /** A command that starts the application in its turn: {@code setpriv}, {@code sh -c '...; exec "$@"' sh}. */
    PackagedApp startedBy(String... command) {
        before.addAll(Arrays.asList(command));
        return this;
    }

    Path folder() {
        return folder;
    }

    Result run(String... command) {
        return start(command).end();
    }

    Running start(String... command) {
        var line = new ArrayList<>(before);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvm);
        line.add("-jar");
        line.add(jar.toString());
        line.addAll(Arrays.asList(command));
        line.addAll(options);
        try {
            var out = Files.createTempFile("caravan", ".out");
            var err = Files.createTempFile("caravan", ".err");
            var builder = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("CARAVAN_") || name.startsWith("LC_"));
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A started process; whoever starts one ends it. */
    record Running(Process process, Path out, Path err) {

        /** Sends a signal by its name, as the shell's kill does. */
        void signal(String name) {
            try {
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Waits for the end; a process that never ends is killed and fails the test. */
        Result end() {
            try {
                if (!process.waitFor(TIME_LIMIT_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError("not ended after " + TIME_LIMIT_S + " s; it said " + text(err));
                }
                return new Result(process.exitValue(), text(out), text(err));
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        private static String text(Path file) {
            try {
                var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                Files.delete(file);
                return text;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What the process left: its exit status and what it said. */
    record Result(int status, String out, String err) {

        /** The last line of standard output. */
        JsonNode json() {
            try {
                var lines = out.lines().toList();
                return new ObjectMapper().readTree(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
            } catch (IOException e) {
                throw new UncheckedIOException(this.toString(), e);
            }
        }
    }
}
