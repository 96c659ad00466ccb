package dev.caravan.connector.agora;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The lines of one spooled conversation; the file is closed at its end. */
final class SpooledLines extends Ahead {

    private BufferedReader lines;

    SpooledLines(Path file) {
        try {
            lines = Files.newBufferedReader(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    ObjectNode find() {
        try {
            var line = lines == null ? null : lines.readLine();
            if (line != null) {
                return (ObjectNode) Json.read(line.getBytes(StandardCharsets.UTF_8));
            }
            if (lines != null) {
                lines.close();
                lines = null;
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
