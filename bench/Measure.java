import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the packaged application on an export and tells what it cost, from the kernel's own counts and the application's
 * debug log. Usage: {@code java bench/Measure.java export.zip bare.txt [java option]...}; see {@code bench/run}.
 */
public class Measure {
    private static final Path APP = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Path OUT = Path.of("target/bench/out");
    private static final long POLL_MS = 50;
    /** Clock ticks of /proc are hundredths of a second on every Linux. */
    private static final double TICK_MS = 10;

    private static final Pattern BARE = Pattern.compile("bare Jackson: (\\d+) msg/s, ([\\d.]+) CPU us");
    private static final Pattern STEP = Pattern.compile("step (\\S+) cpu-ms (\\d+)");
    private static final Pattern STRETCH = Pattern.compile("messages (\\d+) after ms (\\d+)");
    private static final Pattern RUN = Pattern.compile("run of (\\d+) messages took ms (\\d+)");
    private static final Pattern VERIFICATION = Pattern.compile("phase verification after ms (\\d+)");

    private final Map<Long, Long> ticksOfThread = new HashMap<>();
    private final Map<Long, String> nameOfThread = new HashMap<>();
    private long ticks;
    private long peakKb;

    public static void main(String[] args) throws Exception {
        new Measure().run(Path.of(args[0]), Path.of(args[1]), Arrays.asList(args).subList(2, args.length));
    }

    private void run(Path export, Path bare, List<String> options) throws Exception {
        delete(OUT);
        Files.createDirectories(OUT);
        Path log = OUT.resolve("run.log");
        var command = new ArrayList<>(List.of("java", "-XX:+UseParallelGC", "-Xms512m", "-Xmx512m"));
        command.addAll(options);
        command.addAll(List.of(
                "-Dquarkus.log.category.\"dev.caravan.migration.StepTimes\".level=DEBUG",
                "-Dcaravan.source.path=" + export,
                "-Dcaravan.sink.path=" + OUT.resolve("package.zip"),
                "-Dcaravan.sink.team=bench",
                "-Dcaravan.sink.email-domain=example.org",
                "-Dcaravan.work-dir=" + OUT.resolve("work"),
                "-jar",
                APP.toString(),
                "run",
                "--json"));
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(log.toFile())
                .redirectOutput(OUT.resolve("run.json").toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        while (process.isAlive()) {
            look(process.pid());
            Thread.sleep(POLL_MS);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        String said = Files.readString(log);
        Matcher run = RUN.matcher(said);
        if (process.exitValue() > 1 || !run.find()) {
            System.err.println(said);
            System.err.println("the run failed with status " + process.exitValue());
            System.exit(1);
        }
        Matcher verification = VERIFICATION.matcher(said);
        double verified = verification.find()
                ? (Long.parseLong(run.group(2)) - Long.parseLong(verification.group(1))) / 1e3
                : 0;
        System.out.printf(Locale.ROOT, "verification, timed apart: %.1f s%n", verified);
        tell(Long.parseLong(run.group(1)), seconds - verified, limit(bare), said);
    }

    private void tell(long messages, double seconds, Matcher limit, String said) throws IOException {
        double micros = (ticks * TICK_MS - verificationMillis(said)) * 1e3 / messages;
        System.out.printf(
                Locale.ROOT,
                "run: %d messages in %.1f s = %.0f msg/s, %.1f CPU us/msg, peak %d MB%n",
                messages,
                seconds,
                messages / seconds,
                micros,
                peakKb / 1024);
        System.out.printf(
                Locale.ROOT,
                "of the limit: %.3f by the clock, %.3f by CPU (which other work on the machine changes less)%n",
                messages / seconds / Double.parseDouble(limit.group(1)),
                Double.parseDouble(limit.group(2)) / micros);
        long ledger;
        try (Stream<Path> files = Files.walk(OUT.resolve("work"))) {
            ledger = files.filter(file -> file.getFileName().toString().startsWith("ledger"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
        System.out.printf(
                Locale.ROOT,
                "ledger: %.0f B/msg, package: %.0f B/msg%n",
                ledger * 1.0 / messages,
                Files.size(OUT.resolve("package.zip")) * 1.0 / messages);
        System.out.println("CPU us/msg by step of the road (application's debug log):");
        STEP.matcher(said)
                .results()
                .sorted(Comparator.comparingLong(step -> -Long.parseLong(step.group(2))))
                .forEach(step -> line(step.group(1), Long.parseLong(step.group(2)), messages));
        System.out.println("CPU us/msg by thread (kernel):");
        byThreadName().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(8)
                .forEach(thread -> line(thread.getKey(), (long) (thread.getValue() * TICK_MS), messages));
        stretches(said);
    }

    private static long verificationMillis(String said) {
        return STEP.matcher(said)
                .results()
                .filter(step -> step.group(1).equals("verification"))
                .mapToLong(step -> Long.parseLong(step.group(2)))
                .sum();
    }

    private static void line(String name, long millis, long messages) {
        System.out.printf(Locale.ROOT, "  %-20s %6.2f%n", name, millis * 1e3 / messages);
    }

    /** How long each half million took until it was committed. */
    private static void stretches(String said) {
        List<Long> ends = STRETCH.matcher(said)
                .results()
                .map(stretch -> Long.parseLong(stretch.group(2)))
                .toList();
        var times = new ArrayList<String>();
        for (int i = 1; i < ends.size(); i++) {
            times.add("%.1f".formatted((ends.get(i) - ends.get(i - 1)) / 1e3));
        }
        System.out.println("seconds of each half million after the first: " + times);
        if (ends.size() > 2) {
            double second = ends.get(1) - ends.get(0);
            double last = ends.get(ends.size() - 1) - ends.get(ends.size() - 2);
            System.out.printf(Locale.ROOT, "last to second half million: %.2f%n", last / second);
        }
    }

    private static Matcher limit(Path bare) throws IOException {
        Matcher limit = BARE.matcher(Files.readString(bare));
        if (!limit.find()) {
            throw new IllegalArgumentException(bare + " does not tell the limit");
        }
        return limit;
    }

    private Map<String, Long> byThreadName() {
        var all = new TreeMap<String, Long>();
        ticksOfThread.forEach((thread, spent) ->
                all.merge(nameOfThread.get(thread).replaceAll("[#-]?\\d+$", ""), spent, Long::sum));
        return all;
    }

    /** What the kernel counted up to now; the process may end in between. */
    private void look(long pid) {
        Path proc = Path.of("/proc/" + pid);
        try {
            long now = spent(proc.resolve("stat"));
            ticks = Math.max(ticks, now);
            Files.readAllLines(proc.resolve("status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .forEach(line -> peakKb = Long.parseLong(line.replaceAll("\\D", "")));
            try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
                for (Path task : tasks.toList()) {
                    long thread = Long.parseLong(task.getFileName().toString());
                    nameOfThread.put(thread, Files.readString(task.resolve("comm")).strip());
                    ticksOfThread.put(thread, spent(task.resolve("stat")));
                }
            }
        } catch (IOException | RuntimeException ended) {
            // What was read before stands.
        }
    }

    private static long spent(Path stat) throws IOException {
        String line = Files.readString(stat);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
