package dev.caravan.connector.jsonlines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.model.BatchReader;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;

/**
 * Reads any source that is a file of JSON lines, one record a line, all of one kind: a Kamelet names the file, a mapping
 * says what is in a line, no Java is needed. The position is the number of lines read.
 */
public class JsonLines {

    private Path path;
    private Kind kind = Kind.MESSAGE;
    private int batchSize = 1000;

    public void setPath(String path) {
        this.path = Path.of(path);
    }

    /** What a line holds; requests for other kinds are answered with nothing. */
    public void setKind(String kind) {
        this.kind = Kind.of(kind);
    }

    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    public BatchReader read(ReadRequest request) {
        if (request.kind() != kind) {
            return BatchReader.NOTHING;
        }
        try {
            return new JsonLinesReader(path, request, batchSize, Files.newInputStream(path));
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-150", path, unreadable.getMessage());
        }
    }
}
