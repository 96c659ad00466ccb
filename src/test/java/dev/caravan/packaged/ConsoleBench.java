package dev.caravan.packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import dev.caravan.ledger.Commit;
import dev.caravan.ledger.Key;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerAddress;
import dev.caravan.ledger.RecordState;
import dev.caravan.ledger.Row;
import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.Link;
import dev.caravan.model.Origin;
import dev.caravan.model.Refusal;
import dev.caravan.model.StageSlot;
import dev.caravan.model.Tally;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** How long each page of the console takes over a large ledger; see {@code bench/console}. */
final class ConsoleBench {

    private static final Path FOLDER = PackagedApp.PROJECT.resolve("target/bench/console");
    private static final int BATCH = 1000;
    private static final int LANES = 2000;
    private static final int ROWS_A_LETTER = 10;
    private static final List<String> CAUSES =
            List.of("unknown-author", "no-time", "not-an-object", "file-too-large", "name-too-long");
    private static final int WARM_UP = 10;
    private static final double LIMIT_MS = 300;
    private static final String TABLE = ".csv";
    private static final int NOT_ACCEPTABLE = 406;

    private ConsoleBench() {}

    public static void main(String[] args) throws Exception {
        int times = Integer.parseInt(args[0]);
        int rows = Integer.parseInt(args[1]);
        boolean fast = measure(
                "sqlite", times, rows, LedgerAddress.sqlite(work("sqlite").resolve("ledger.db")), List.of());
        try (var server = EmbeddedPostgres.start()) {
            var url = server.getJdbcUrl("postgres", "postgres");
            fast &= measure(
                    "postgresql",
                    times,
                    rows,
                    LedgerAddress.postgresql(url, "postgres", "postgres", "caravan"),
                    List.of(
                            "caravan.ledger.kind=postgresql",
                            "caravan.ledger.url=" + url,
                            "caravan.ledger.user=postgres",
                            "caravan.ledger.password=postgres"));
        }
        System.exit(fast ? 0 : 1);
    }

    private static Path work(String name) throws IOException {
        return Files.createDirectories(FOLDER.resolve(name).resolve("caravan-work"));
    }

    private static boolean measure(String name, int times, int rows, LedgerAddress address, List<String> settings)
            throws IOException {
        work(name);
        fill(address, rows);
        var app = PackagedApp.demo(FOLDER.resolve(name));
        settings.forEach(one -> app.with(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1)));
        try (var service = ConsoleService.start(app)) {
            var visitor = service.administrator();
            visitor.post("/api/report", "");
            System.out.printf("%n%-64s %10s %10s%n", name, "median ms", "p95 ms");
            boolean fast = true;
            for (var page : pages(visitor)) {
                fast &= ask(visitor, page, times);
            }
            return fast;
        }
    }

    /** Every list there is, as the service itself tells, and those that are asked for in particular ways. */
    private static Set<String> pages(Visitor visitor) throws IOException {
        var pages = new LinkedHashSet<String>();
        visitor.json("/api/openapi?format=json").path("paths").fields().forEachRemaining(path -> {
            if (path.getValue().has("get") && !path.getKey().contains("{")) {
                pages.add(path.getKey());
            }
        });
        for (var part : List.of("progress", "account", "rules", "actions", "rollback")) {
            pages.add("/live/" + part);
        }
        pages.addAll(List.of(
                "/dead-letters?cause=unknown-author",
                "/dead-letters?cause=none-such",
                "/dead-letters?state=open&kind=message",
                "/dead-letters?state=waived",
                "/dead-letters?kind=user",
                "/dead-letters?conversation=C1999",
                "/dead-letters?cause=no-time&conversation=C0007&state=open&kind=message",
                "/dead-letters?after=99000",
                "/dead-letters/50000",
                "/lanes?after=C1900",
                "/findings?rule=time-repaired",
                "/findings?rule=none-such"));
        return pages;
    }

    private static boolean ask(Visitor visitor, String page, int times) {
        if (page.endsWith(TABLE)) {
            return askOnce(visitor, page);
        }
        int status = 0;
        for (int time = 0; time < WARM_UP; time++) {
            status = answer(visitor, page);
        }
        var took = new double[times];
        for (int time = 0; time < times; time++) {
            long began = System.nanoTime();
            answer(visitor, page);
            took[time] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(took);
        double p95 = took[Math.min(times - 1, (int) Math.ceil(times * 0.95) - 1)];
        System.out.printf(
                Locale.ROOT,
                "%-64s %10.1f %10.1f%s%s%n",
                page,
                took[times / 2],
                p95,
                status == 200 ? "" : "  status " + status,
                p95 > LIMIT_MS ? "  TOO SLOW" : "");
        return p95 <= LIMIT_MS && status < 500 && status != NOT_ACCEPTABLE;
    }

    /** A table for download is as long as the ledger, and no page. */
    private static boolean askOnce(Visitor visitor, String table) {
        long began = System.nanoTime();
        int status = answer(visitor, table);
        System.out.printf(
                Locale.ROOT, "%-64s %10.1f  once, status %d%n", table, (System.nanoTime() - began) / 1e6, status);
        return status == 200;
    }

    /** Pages as a browser asks for them, the rest as a script does: each would be refused to the other. */
    private static int answer(Visitor visitor, String page) {
        var forScripts = page.startsWith("/api/") || page.startsWith("/health/");
        return (forScripts ? visitor.get(page) : visitor.page(page)).statusCode();
    }

    private static void fill(LedgerAddress address, int rows) {
        try (var ledger = Ledger.open(address)) {
            int run = ledger.runs().start("run", new TreeMap<>(), false).id();
            ledger.commit(Commit.of(run, Kind.CHANNEL, "")
                    .withLinks(IntStream.range(0, LANES)
                            .mapToObj(lane ->
                                    new Link(Kind.CHANNEL, id(lane), "public/c" + lane, lane + 1, "channel-" + lane))
                            .toList()));
            for (int first = 0; first < rows; first += BATCH) {
                int lane = first / BATCH % LANES;
                ledger.commit(batch(run, first, lane));
                ledger.audit().add("bench", "edit", "entry " + first);
            }
            ledger.throughput().note(run, List.of(id(0)), 100, true);
            ledger.runs().complete(run);
        }
    }

    private static Commit batch(int run, int first, int lane) {
        var all = new ArrayList<Row>();
        var refused = new ArrayList<Refusal>();
        var findings = new ArrayList<Finding>();
        for (int one = first; one < first + BATCH; one++) {
            all.add(row(run, one, lane));
            if (one % ROWS_A_LETTER == 0) {
                refused.add(refusal(one, lane));
                findings.add(
                        new Finding(one % 1000 == 0 ? "time-repaired" : "text-repaired", "message", "m" + one, null));
            }
        }
        var tally = Tally.NONE
                .plus("message", Tally.What.READ, BATCH + refused.size())
                .plus("message", Tally.What.DELIVERED, BATCH)
                .plus("message", Tally.What.DEAD, refused.size())
                .plus("message", Tally.What.FINDING, "text-repaired", findings.size());
        return Commit.of(run, Kind.MESSAGE, id(lane))
                .withRows(all)
                .withRefused(refused)
                .withFindings(findings)
                .withPosition("day#" + first)
                .withTally(tally);
    }

    private static Row row(int run, int one, int lane) {
        return new Row(
                Kind.MESSAGE,
                lane + 1,
                new Key(1_700_000_000_000_000L + one, "m" + one),
                1_700_000_000_000_000L + one,
                new byte[16],
                new byte[40],
                null,
                new StageSlot(1, one * 400L, 400),
                1,
                null,
                RecordState.DELIVERED,
                run);
    }

    private static Refusal refusal(int one, int lane) {
        var text =
                "{\"type\":\"message\",\"ts\":\"%d.000100\",\"text\":\"%s\"}".formatted(one, "some text ".repeat(30));
        return new Refusal(
                Kind.MESSAGE,
                null,
                "d" + one,
                id(lane),
                1_700_000_000_000_000L + one,
                new Origin("export.zip", id(lane) + "/2024-03-04.json", one, one * 400L),
                text.getBytes(StandardCharsets.UTF_8),
                null,
                "map",
                CAUSES.get(one / ROWS_A_LETTER % CAUSES.size()),
                null);
    }

    private static String id(int lane) {
        return "C%04d".formatted(lane);
    }
}
