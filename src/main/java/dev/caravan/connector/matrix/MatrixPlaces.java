package dev.caravan.connector.matrix;

import java.util.List;
import java.util.Map;

import dev.caravan.transport.TargetPlaces;
import jakarta.enterprise.context.ApplicationScoped;

/** Addresses that every Matrix client follows. */
@ApplicationScoped
public class MatrixPlaces implements TargetPlaces {

    private static final String MATRIX_TO = "https://matrix.to/#/";

    @Override
    public String sinkKind() {
        return MatrixNames.SINK;
    }

    @Override
    public Place of(Arrived arrived, Map<String, String> sink) {
        return switch (arrived.kind()) {
            case MESSAGE -> arrived.placeId() == null || arrived.targetId() == null
                    ? BY_ID.of(arrived, sink)
                    : new Place(
                            MATRIX_TO + MatrixIds.encoded(arrived.placeId()) + "/"
                                    + MatrixIds.encoded(arrived.targetId()),
                            "matrix",
                            List.of(arrived.targetId(), arrived.placeId()));
            case USER, CHANNEL -> arrived.targetId() == null
                    ? BY_ID.of(arrived, sink)
                    : new Place(MATRIX_TO + MatrixIds.encoded(arrived.targetId()), "name", List.of(arrived.targetId()));
            case MEMBERSHIP, EMOJI -> BY_ID.of(arrived, sink);
        };
    }
}
