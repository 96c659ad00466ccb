package dev.caravan.migration.watch;

import java.time.Instant;

import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.RunWatch;
import dev.caravan.migration.road.Committed;
import dev.caravan.model.Batch;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;

/** A span for each run, in it one for each phase, and in those one for each batch; none for a record. */
@ApplicationScoped
public class Traces implements RunWatch {

    private final Tracer tracer;
    private final ThreadLocal<Instant> taken = new ThreadLocal<>();
    private volatile Span whole = Span.getInvalid();
    private volatile Span phase = Span.getInvalid();

    public Traces(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void begun(ActiveRun run) {
        if (run.ledger() != null) {
            whole = tracer.spanBuilder("run")
                    .setNoParent()
                    .setAttribute("caravan.run", run.number())
                    .startSpan();
        }
    }

    @Override
    public void phase(String name) {
        phase.end();
        if (!whole.isRecording()) {
            return;
        }
        phase = tracer.spanBuilder("phase " + name)
                .setParent(Context.root().with(whole))
                .startSpan();
    }

    @Override
    public void taken(Batch batch) {
        taken.set(Instant.now());
    }

    @Override
    public void committed(Batch batch, Committed what) {
        var began = taken.get();
        if (whole.isRecording() && began != null) {
            tracer.spanBuilder("batch " + batch.kind().word())
                    .setParent(Context.root().with(phase.isRecording() ? phase : whole))
                    .setStartTimestamp(began)
                    .setAttribute("caravan.lane", batch.lane().id())
                    .setAttribute("caravan.delivered", batch.items().size())
                    .setAttribute(
                            "caravan.dead",
                            what.dead().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                    .startSpan()
                    .end();
        }
    }

    @Override
    public void ended(ActiveRun run) {
        phase.end();
        phase = Span.getInvalid();
        if (run.stopping()) {
            whole.setStatus(StatusCode.ERROR, run.stop().get());
        }
        whole.end();
        whole = Span.getInvalid();
    }
}
