package dev.caravan.connector.agora;

import dev.caravan.model.Problem;

/** CRV-487 where the service said of every hour that it has no file: it stores no history, or none yet. */
final class NoHistory extends Problem {

    NoHistory() {
        super("CRV-487", "404");
    }
}
