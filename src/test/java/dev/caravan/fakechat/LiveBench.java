package dev.caravan.fakechat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A run to a {@link FakeChat} that permits so many requests a second: how much of that it uses, whether it ever goes above
 * it, and what memory it takes. {@code LiveBench <minutes, at least 1>}; ends with 1 when a figure is not reached.
 */
public final class LiveBench {

    private static final int RATE = 500;
    private static final int LATENCY_MS = 50;
    private static final int ROOMS = 100;
    private static final int LOOK_EVERY_S = 10;
    private static final int PATIENCE_S = 60;
    private static final double SHARE_WANTED = 0.95;
    private static final int COLLECT_EVERY_S = 60;
    /** Of what is left after a collection, in MB, from the first minute to the last. */
    private static final long GROWTH_ALLOWED_MB = 16;

    private final FakeChatProcess chat;
    private final LiveProcess run;
    private final List<Long> heapMb = new ArrayList<>();

    private LiveBench(FakeChatProcess chat, LiveProcess run) {
        this.chat = chat;
        this.run = run;
    }

    public static void main(String... arguments) throws Exception {
        int seconds = (int) (Double.parseDouble(arguments[0]) * 60);
        var folder = Files.createTempDirectory("caravan-live");
        // More than can be sent: the run is stopped, and never out of work.
        int messages = (seconds + PATIENCE_S) * RATE / ROOMS;
        boolean reached;
        try (var chat = FakeChatProcess.start(folder.resolve("chat"), "rate=" + RATE, "latency-ms=" + LATENCY_MS);
                var run = new NumberedMigration(folder)
                        .size(ROOMS, messages)
                        .to(chat.port())
                        .with("caravan.threads", Integer.toString(ROOMS))
                        .with("caravan.sink.rate", Integer.toString(RATE))
                        .with("caravan.sink.in-flight", Integer.toString(ROOMS))
                        .with("caravan.sink.items-per-call", "1")
                        .with("caravan.sink.timeout-ms", "10000")
                        .apart()) {
            reached = new LiveBench(chat, run).measure(seconds);
        }
        System.out.println(folder + " can go");
        System.exit(reached ? 0 : 1);
    }

    private boolean measure(int seconds) throws IOException, InterruptedException {
        // The pace begins slowly by design; what is sustained is measured after that.
        for (int waited = 0; sent(chat.statistics()) < 2 * RATE; waited++) {
            if (waited == PATIENCE_S || !run.lives()) {
                throw new IllegalStateException("the run does not begin");
            }
            TimeUnit.SECONDS.sleep(1);
        }
        long began = System.nanoTime();
        long before = sent(chat.statistics());
        double perSecond = 0;
        JsonNode statistics = null;
        for (int second = LOOK_EVERY_S; second <= seconds; second += LOOK_EVERY_S) {
            TimeUnit.NANOSECONDS.sleep(began + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
            statistics = chat.statistics();
            double passed = (System.nanoTime() - began) / 1e9;
            perSecond = (sent(statistics) - before) / passed;
            System.out.printf(
                    "after %4.0f s: %.1f requests/s, most in a second %d, resident %d MB%n",
                    passed, perSecond, statistics.path("largestSecond").asInt(), residentMb());
            if (second % COLLECT_EVERY_S == 0) {
                heapMb.add(heapMb());
                System.out.printf("after a collection the heap holds %d MB%n", heapMb.get(heapMb.size() - 1));
            }
        }
        run.signal("TERM");
        int status = run.endWithin(PATIENCE_S);
        int largest = statistics.path("largestSecond").asInt();
        System.out.printf(
                "%.1f %% of %d requests/s for %d s (wanted %.0f), most in a second %d, heap after collections %s MB,"
                        + " doubled %s, ended with %d%n",
                100 * perSecond / RATE,
                RATE,
                seconds,
                100 * SHARE_WANTED,
                largest,
                heapMb,
                statistics.path("doubled"),
                status);
        return perSecond >= SHARE_WANTED * RATE
                && largest <= RATE
                && heapMb.get(heapMb.size() - 1) - heapMb.get(0) <= GROWTH_ALLOWED_MB
                && statistics.path("doubled").isEmpty();
    }

    private static long sent(JsonNode statistics) {
        return statistics.path("requests").path("POST /messages").asLong();
    }

    private long residentMb() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(run.process().pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** What is in use, and not only not yet collected. */
    private long heapMb() throws IOException, InterruptedException {
        tool("jcmd", Long.toString(run.process().pid()), "GC.run");
        var lines = tool("jstat", "-gcold", Long.toString(run.process().pid()));
        int used = List.of(lines.get(0).trim().split("\\s+")).indexOf("OU");
        return Math.round(Double.parseDouble(lines.get(1).trim().split("\\s+")[used]) / 1024);
    }

    private static List<String> tool(String name, String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", name).toString()));
        line.addAll(List.of(arguments));
        var process = new ProcessBuilder(line).start();
        try (var said = process.inputReader()) {
            return said.lines().toList();
        } finally {
            process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        }
    }
}
