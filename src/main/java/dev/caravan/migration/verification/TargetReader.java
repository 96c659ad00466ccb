package dev.caravan.migration.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.caravan.migration.Settings;
import dev.caravan.migration.camel.KameletDefinition;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transform.mapping.MappingStep;
import dev.caravan.transform.mapping.Mappings;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/** Reads the target by the read side of its own connector, through the route {@code read-back}. */
public final class TargetReader implements AutoCloseable {

    private final ProducerTemplate producer;
    private final Mappings mappings;
    private final MappingStep mapping;
    private final Map<String, Object> told;

    private TargetReader(ProducerTemplate producer, Mappings mappings, Map<String, Object> told) {
        this.producer = producer;
        this.mappings = mappings;
        this.mapping = new MappingStep(mappings);
        this.told = told;
    }

    /**
     * Empty for a sink that cannot be read back. Needs Camel started.
     *
     * @param told headers of each read request: what the ledger knows of the target and no setting says
     */
    static Optional<TargetReader> of(
            Settings settings, List<MappingFunctions> functions, CamelContext camel, Map<String, Object> told) {
        var routes = settings.home().resolve("routes");
        var sink = settings.sink().kind();
        return KameletDefinition.find(routes, sink + "-read-action").isPresent()
                        && Files.exists(routes.resolve("mappings/" + sink + "/from/message.jslt"))
                ? Optional.of(new TargetReader(
                        camel.createProducerTemplate(), Mappings.load(routes, sink, sink, functions), told))
                : Optional.empty();
    }

    /** Whether it tells records of that kind. */
    public boolean reads(Kind kind) {
        return mappings.hasFrom(kind);
    }

    /** From the target's form to the canonical one. */
    public MappingStep mapping() {
        return mapping;
    }

    /** @throws Problem when the target cannot be read */
    public BatchReader open(Kind kind, Lane lane) {
        try {
            return producer.requestBodyAndHeaders(
                    "direct:read-back", new ReadRequest(kind, lane, null), told, BatchReader.class);
        } catch (CamelExecutionException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof Problem problem) {
                    throw problem;
                }
            }
            throw failed;
        }
    }

    @Override
    public void close() {
        try {
            producer.close();
        } catch (IOException closing) {
            throw new IllegalStateException("the producer does not close", closing);
        }
    }
}
