package dev.caravan.migration.serve;

import java.nio.file.Path;
import java.util.Optional;

/** Who may use a service; made ready before the service tells that it is. */
public interface Admission {

    /**
     * @param resetAdmin give the administrator a new one-time password
     * @return the file with a one-time password that waits for its first use
     */
    Optional<Path> open(boolean resetAdmin);
}
