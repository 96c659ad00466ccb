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
 * it, and what memory it takes. {@code LiveBench <minutes>}; ends with 1 when a figure is not reached.
 */
public final class LiveBench {

    private static final int RATE = 500;
    private static final int LATENCY_MS = 50;
    private static final int ROOMS = 50;
    private static final int LOOK_EVERY_S = 10;
    private static final int PATIENCE_S = 60;
    private static final double SHARE_WANTED = 0.95;
    private static final double GROWTH_ALLOWED = 1.1;

    private final FakeChatProcess chat;
    private final LiveProcess run;
    private final List<Long> residentKb = new ArrayList<>();

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
            residentKb.add(residentKb());
            System.out.printf(
                    "after %4.0f s: %.1f requests/s, most in a second %d, resident %d MB, heap %s%n",
                    passed,
                    perSecond,
                    statistics.path("largestSecond").asInt(),
                    residentKb.get(residentKb.size() - 1) / 1024,
                    heap());
        }
        run.signal("TERM");
        int status = run.endWithin(PATIENCE_S);
        int largest = statistics.path("largestSecond").asInt();
        double growth = growth();
        System.out.printf(
                "%.1f %% of %d requests/s for %d s (wanted %.0f), most in a second %d, memory of the second half / of the"
                        + " first %.2f, doubled %s, ended with %d%n",
                100 * perSecond / RATE,
                RATE,
                seconds,
                100 * SHARE_WANTED,
                largest,
                growth,
                statistics.path("doubled"),
                status);
        return perSecond >= SHARE_WANTED * RATE
                && largest <= RATE
                && growth <= GROWTH_ALLOWED
                && statistics.path("doubled").isEmpty();
    }

    private static long sent(JsonNode statistics) {
        return statistics.path("requests").path("POST /messages").asLong();
    }

    private double growth() {
        int half = residentKb.size() / 2;
        var first = residentKb.subList(0, half).stream().mapToLong(Long::longValue).max();
        var second = residentKb.subList(half, residentKb.size()).stream()
                .mapToLong(Long::longValue)
                .max();
        return (double) second.orElseThrow() / first.orElseThrow();
    }

    private long residentKb() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(run.process().pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** What the old generation holds: that of the young one goes up and down by design. */
    private String heap() throws IOException, InterruptedException {
        var jstat = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jstat").toString(),
                        "-gcold",
                        Long.toString(run.process().pid()))
                .start();
        try (var said = jstat.inputReader()) {
            var names = said.readLine().trim().split("\\s+");
            var values = said.readLine().trim().split("\\s+");
            jstat.waitFor(PATIENCE_S, TimeUnit.SECONDS);
            int used = List.of(names).indexOf("OU");
            return "old " + Math.round(Double.parseDouble(values[used]) / 1024) + " MB";
        }
    }
}
