package dev.caravan.migration.check;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.Deflater;

import dev.caravan.migration.Schedule;
import dev.caravan.migration.check.CheckResult.Forecast;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;

/** Measures what a rehearsal brings forth, and tells from it what a run will take. */
final class Measures {

    /** A row with key, hash, digests, place in the stage and its share of the tree: rounded up. */
    private static final long LEDGER_BYTES_A_RECORD = 300;

    /** A rehearsal does neither stage, ledger, seal nor verification, which together cost about twice as much again. */
    private static final int RUN_TO_REHEARSAL = 3;

    private static final int SAMPLE_EVERY = 16;

    private final long began = System.nanoTime();
    private final LongAdder batches = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder fileBytes = new LongAdder();
    private final LongAdder sampled = new LongAdder();
    private final LongAdder deflated = new LongAdder();

    void add(Batch batch) {
        batches.increment();
        records.add(batch.items().size());
        for (Item item : batch.items()) {
            bytes.add(item.target().payload().length);
            item.canonical().path("files").forEach(file -> {
                if ("present".equals(file.path("state").asText())) {
                    fileBytes.add(file.path("size").asLong());
                }
            });
        }
        if (batches.sum() % SAMPLE_EVERY == 1) {
            sample(batch);
        }
    }

    private void sample(Batch batch) {
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            var out = new byte[1 << 16];
            for (Item item : batch.items()) {
                sampled.add(item.target().payload().length);
                deflater.setInput(item.target().payload());
                while (!deflater.needsInput()) {
                    deflated.add(deflater.deflate(out));
                }
            }
            deflater.finish();
            while (!deflater.finished()) {
                deflated.add(deflater.deflate(out));
            }
        } finally {
            deflater.end();
        }
    }

    /** @param delivery how long the calls to the target take at its rates, when that is known */
    Forecast forecast(Optional<Duration> delivery, Schedule schedule) {
        double ratio = sampled.sum() == 0 ? 1 : (double) deflated.sum() / sampled.sum();
        long work = 1 + RUN_TO_REHEARSAL * (System.nanoTime() - began) / 1_000_000_000;
        long seconds = Math.max(work, delivery.orElse(Duration.ZERO).toSeconds());
        return new Forecast(
                seconds,
                schedule.finish(Duration.ofSeconds(seconds)).orElse(null),
                bytes.sum(),
                records.sum() * LEDGER_BYTES_A_RECORD,
                Math.round(bytes.sum() * ratio) + fileBytes.sum());
    }
}
