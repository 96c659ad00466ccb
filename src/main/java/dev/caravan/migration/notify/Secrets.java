package dev.caravan.migration.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import dev.caravan.model.Problem;

/** Settings that nobody is to see: given by themselves (the environment, the operator's file), or in a file of their own. */
final class Secrets {

    private Secrets() {}

    /**
     * @param setting that names the file
     * @throws Problem CRV-687 when the file cannot be read
     */
    static Optional<String> find(String setting, Optional<String> value, Optional<Path> file) {
        return value.filter(text -> !text.isBlank()).or(() -> file.map(path -> read(setting, path)));
    }

    private static String read(String setting, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-687", setting, file);
        }
    }
}
