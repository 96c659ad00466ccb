package dev.caravan.migration.look;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.caravan.migration.ActiveRun;
import dev.caravan.migration.CurrentRun;
import dev.caravan.migration.camel.CamelStarter;
import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.transport.SourceAddresses;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/** Reads parts of the source once more, for somebody who looks: also beside a run that goes on, which hears nothing of it. */
@ApplicationScoped
public class SourceReading {

    private static final String ROUTE = "direct:look-again";

    private final CurrentRun current;
    private final CamelStarter starter;
    private final CamelContext camel;
    private final List<SourceAddresses> addresses;

    public SourceReading(
            CurrentRun current, CamelStarter starter, CamelContext camel, @All List<SourceAddresses> addresses) {
        this.current = current;
        this.starter = starter;
        this.camel = camel;
        this.addresses = addresses;
    }

    /**
     * Reads one lane, from a time on where the source can begin there.
     *
     * @param look whose rules hold for reading
     * @param from us since 1970; {@link Long#MIN_VALUE} for the beginning
     * @param goesOn takes each batch; false ends the reading
     * @throws Problem when the source cannot be read
     */
    public void read(ActiveRun look, Kind kind, Lane lane, long from, Predicate<Batch> goesOn) {
        var position = from == Long.MIN_VALUE
                ? null
                : addresses(look).map(one -> one.positionBefore(from)).orElse(null);
        current.looking(look, () -> {
            starter.start();
            try (var reader = open(new ReadRequest(kind, lane, position))) {
                boolean more = true;
                while (more && reader.hasNext()) {
                    more = goesOn.test(reader.next());
                }
            }
            return null;
        });
    }

    /** What is known of the addresses of this source, which then has its lanes in the order of time. */
    public Optional<SourceAddresses> addresses(ActiveRun look) {
        return addresses.stream()
                .filter(one -> one.sourceKind().equals(look.sourceKind()))
                .findFirst();
    }

    private BatchReader open(ReadRequest request) {
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            return producer.requestBody(ROUTE, request, BatchReader.class);
        } catch (CamelExecutionException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof Problem problem) {
                    throw problem;
                }
            }
            throw new IllegalStateException("the source could not be read again", failed.getCause());
        } catch (java.io.IOException closing) {
            throw new java.io.UncheckedIOException(closing);
        }
    }
}
